package org.oncotwin.api.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.Field;

/**
 * Derivatives of an objective, and how they were found.
 *
 * @param value the objective
 * @param unit UCUM unit of the objective; 1 for a misfit
 * @param parameters with respect to each parameter, those of the growth model first, then by course
 * @param maps with respect to each voxel, if asked for: {@code initial} of the field that the run starts from and the maps of the growth model, in units of the objective
 * @param obstacle why runs were repeated instead of one being differentiated; empty if it was
 * @param remarks what a reader must know about how derivatives were found, a sentence each
 * @param memoryUsed most bytes that were used at once to keep states
 * @param runs work done to advance the growth model for the value and the adjoint, in whole runs: 1 is the run itself, the rest was computed again for want of memory. The sweep back is not counted
 * @param repeatedRuns work done to repeat runs with parameters changed, in whole runs
 * @param requestHash hash of the request of the run
 * @param plugins growth model, treatments and solvers used
 */
public record SensitivityResult(
        double value,
        String unit,
        List<ParameterSensitivity> parameters,
        SortedMap<String, Field> maps,
        Optional<String> obstacle,
        List<String> remarks,
        long memoryUsed,
        double runs,
        double repeatedRuns,
        String requestHash,
        List<PluginIdentity> plugins) {

    /** Makes the collections immutable. */
    public SensitivityResult {
        parameters = List.copyOf(parameters);
        maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
        remarks = List.copyOf(remarks);
        plugins = List.copyOf(plugins);
    }
}
