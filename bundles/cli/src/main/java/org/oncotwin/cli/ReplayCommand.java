package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.Result;
import org.oncotwin.casefile.ResultComparison;
import org.oncotwin.casefile.ResultReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code replay}: runs a run folder's case again and compares bit for bit. */
@Command(
        name = "replay",
        description = {
            "Runs the case of a run folder again, from the copies that lie in it, and compares the results bit for bit.",
            "Plugins have the recorded version if it is there, else the one that the case asks for.",
            "What differs in plugins, engine or Java is said too. Writes nothing.",
            "A study of a site, whose plugins may not be here, is replayed by oncotwin study replay."
        },
        footerHeading = "%nExample:%n",
        footer = "  oncotwin replay runs/first",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the results are the same bit for bit",
            "1:they differ, or the run failed",
            "2:the folder is not a run, or its case cannot be used",
            "130:cancelled"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Services services;
    private final Console console;
    private final Cancellation cancellation;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder.")
    private Path run;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private CommonOptions common;

    ReplayCommand(Services services, Console console, Cancellation cancellation) {
        this.services = services;
        this.console = console;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws IOException {
        ResultReader results = services.results();
        RunOptions options = new RunOptions(threads.count(), cancellation);
        Result recorded = results.read(run);
        SiteRunFolder.of(run).ifPresent(folder -> folder.requirePlugins(recorded, services.catalogue()));
        Case source = results.readCase(run, recorded);
        cancellation.check();
        RunResult repeated;
        try (Simulation simulation = services.engine()
                        .prepare(
                                RecordedVersions.choose(source.request(), recorded.provenance(), services.catalogue()),
                                RecordedVersions.visible(recorded.provenance(), services.catalogue()));
                Progress progress = Progress.of(console, common.json(), source.request())) {
            repeated = simulation.run(options, progress);
        }
        ResultComparison comparison = recorded.compareWith(Result.of(source, repeated, Map.of()));
        if (common.json()) {
            print(recorded, comparison);
        } else {
            say(recorded, comparison);
        }
        return comparison.isIdentical() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(Result recorded, ResultComparison comparison) {
        ObjectNode root = JsonOutput.object();
        root.put("case", recorded.caseName());
        root.put("identical", comparison.isIdentical());
        ArrayNode differences = root.putArray("differences");
        comparison.differences().forEach(differences::add);
        ArrayNode origins = root.putArray("origins");
        comparison.origins().forEach(origins::add);
        JsonOutput.print(console, root);
    }

    private void say(Result recorded, ResultComparison comparison) {
        console.out()
                .println(recorded.caseName()
                        + (comparison.isIdentical() ? ": identical bit for bit" : ": the results differ"));
        comparison.differences().forEach(d -> console.out().println("  " + d));
        if (!comparison.origins().isEmpty()) {
            console.out().println("where they come from differs:");
            comparison.origins().forEach(o -> console.out().println("  " + o));
        }
    }
}
