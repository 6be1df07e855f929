package org.oncotwin.api.simulation;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.PluginIdentity;

/**
 * Where a result comes from.
 *
 * @param requestHash SHA-256 of everything that determines the result, bundles left aside
 * @param plugins growth model, treatments and solvers used, to the bit
 * @param engineVersion version of the engine's bundle
 * @param engineSha256 hash of the content of the engine's bundle
 * @param javaVersion version of the Java runtime
 * @param seed seed of all random numbers
 * @param parameters every parameter with unit and origin
 * @param inputHashes SHA-256 of each input file by its name in the case
 * @param solvers what was asked of each solver
 * @param stateHash SHA-256 of the final state, bit for bit
 */
public record Provenance(
        String requestHash,
        List<PluginIdentity> plugins,
        String engineVersion,
        String engineSha256,
        String javaVersion,
        long seed,
        List<UsedParameter> parameters,
        SortedMap<String, String> inputHashes,
        List<SolverUse> solvers,
        String stateHash) {

    /** Makes the collections immutable. */
    public Provenance {
        plugins = List.copyOf(plugins);
        parameters = List.copyOf(parameters);
        solvers = List.copyOf(solvers);
        inputHashes = Collections.unmodifiableSortedMap(new TreeMap<>(inputHashes));
    }
}
