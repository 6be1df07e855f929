package org.oncotwin.tests.api.baseline;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import java.nio.file.Path;
import java.util.List;

/** Compares the exported packages of two versions of a contract. */
final class ContractBaseline {
    private ContractBaseline() {}

    /** One line per package whose version does not say what has changed; the version of the bundle does not matter. */
    static List<String> mismatches(Path released, Path built) throws Exception {
        try (Processor reporter = new Processor();
                Jar older = new Jar(released.toFile());
                Jar newer = new Jar(built.toFile())) {
            return new Baseline(reporter, new DiffPluginImpl())
                    .baseline(newer, older, new Instructions("*")).stream()
                            .filter(info -> info.mismatch)
                            .map(info -> info.packageName + " has version " + info.newerVersion + ", but a "
                                    + info.packageDiff.getDelta() + " change since " + info.olderVersion + " needs "
                                    + info.suggestedVersion)
                            .sorted()
                            .toList();
        }
    }
}
