package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: a case in, a run folder out. */
@Command(
        name = "run",
        description = {
            "Runs a case and writes a run folder with result.json, report.html, the case and its inputs.",
            "The folder is there whole or not at all. docs/case-file.md describes case files."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  oncotwin run case.json --out runs/first",
            "  oncotwin run case.json --out runs/first --fields --export paraview",
            "  oncotwin run case.json --out runs/long --checkpoint long.checkpoint     # then Ctrl-C",
            "  oncotwin run case.json --out runs/long --resume long.checkpoint"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the run failed",
            "2:the case or the command line cannot be used; nothing was written",
            "130:cancelled; nothing was written but the checkpoint, if one was asked for"
        })
final class RunCommand implements Callable<Integer> {
    private final Services services;
    private final Console console;
    private final Cancellation cancellation;

    @Parameters(index = "0", paramLabel = "CASE", description = "The case file.")
    private Path caseFile;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The run folder to make. It must be new or empty.")
    private Path out;

    @Option(names = "--overwrite", description = "Replace a run that lies in DIR. Anything else is never replaced.")
    private boolean overwrite;

    @Option(names = "--fields", description = "Write every field at every output as fields/QUANTITY-day-DAY.nii.gz.")
    private boolean fields;

    @Option(
            names = "--export",
            paramLabel = "ID",
            description = "Write files for another program into exports/ID. May be given several times.")
    private List<String> exports = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "If the run is cancelled or stopped, write its last safe point into FILE.")
    private Path checkpoint;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Go on from a checkpoint of the same case. The result has the same bits as without a break.")
    private Path resume;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private CommonOptions common;

    RunCommand(Services services, Console console, Cancellation cancellation) {
        this.services = services;
        this.console = console;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws IOException {
        long started = System.nanoTime();
        RunOptions options = new RunOptions(threads.count(), cancellation);
        services.folders().check(out, overwrite);
        List<InstalledExporter> exporters = exporters();
        Optional<CheckpointFile> checkpointFile = Optional.ofNullable(checkpoint)
                .map(path -> new CheckpointFile("--checkpoint", path, services.checkpoints()));
        checkpointFile.ifPresent(CheckpointFile::checkWritable);
        Case source = services.cases().read(caseFile);
        Optional<Checkpoint> from = Optional.ofNullable(resume)
                .map(path -> new CheckpointFile("--resume", path, services.checkpoints()).read());
        cancellation.check();
        List<String> warnings = warnings(source, from);
        CheckpointKeeper keeper = new CheckpointKeeper();
        try (Simulation simulation = services.engine().prepare(source.request());
                RunFolder folder = services.folders().create(out, overwrite)) {
            RunResult result = run(source, simulation, from, options, folder, exporters, keeper);
            cancellation.check();
            folder.commit();
            warnings.addAll(solverWarnings(result));
            report(source, result, warnings, (System.nanoTime() - started) / 1e9);
            return ExitCode.OK;
        } catch (InvalidInputException unusable) {
            throw unusable;
        } catch (IOException | RuntimeException stopped) {
            checkpointFile.ifPresent(file -> keeper.save(file, stopped, console));
            throw stopped;
        }
    }

    private RunResult run(
            Case source,
            Simulation simulation,
            Optional<Checkpoint> from,
            RunOptions options,
            RunFolder folder,
            List<InstalledExporter> exporters,
            CheckpointKeeper keeper)
            throws IOException {
        folder.writeCase(source);
        RunReport runReport = new RunReport(services.reports(), source);
        List<ExportListener> running = new ArrayList<>();
        for (InstalledExporter exporter : exporters) {
            running.add(ExportListener.begin(exporter, source, folder));
        }
        List<RunListener> listeners = new ArrayList<>(running);
        listeners.add(keeper);
        listeners.add(runReport.recorder());
        if (fields) {
            listeners.add(new FieldFiles(services.images(), folder));
        }
        RunResult result;
        try (Progress progress = Progress.of(console, common.json(), source.request())) {
            listeners.add(progress);
            RunListener listener = new Listeners(listeners);
            result = from.isPresent()
                    ? simulation.resume(from.get(), options, listener)
                    : simulation.run(options, listener);
        }
        for (ExportListener export : running) {
            export.finish();
        }
        runReport.write(result, folder);
        folder.writeResult(source, result);
        return result;
    }

    private List<InstalledExporter> exporters() {
        List<InstalledExporter> chosen = new ArrayList<>();
        for (String id : new LinkedHashSet<>(exports)) {
            chosen.add(services.exporters().stream()
                    .filter(e -> e.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(
                            "--export",
                            "no exporter '" + id + "'; there are "
                                    + services.exporters().stream()
                                            .map(InstalledExporter::id)
                                            .sorted()
                                            .toList())));
        }
        return chosen;
    }

    private List<String> warnings(Case source, Optional<Checkpoint> from) {
        List<String> warnings = new ArrayList<>(source.warnings());
        if (from.isPresent() && (fields || !exports.isEmpty())) {
            warnings.add("fields and exports begin at the checkpoint, "
                    + from.get().state().time() + "; what was before it is not in the checkpoint");
        }
        if (fields && source.request().setting().anatomy().isEmpty()) {
            warnings.add("--fields writes nothing: the case has no anatomy, so there are no fields");
        }
        warnings.forEach(console::say);
        return warnings;
    }

    private List<String> solverWarnings(RunResult result) {
        List<String> warnings = result.provenance().solvers().stream()
                .flatMap(use -> use.warnings().stream().map(warning -> use.solver() + ": " + warning))
                .toList();
        warnings.forEach(console::say);
        return warnings;
    }

    private void report(Case source, RunResult result, List<String> warnings, double seconds) {
        if (common.json()) {
            ObjectNode root = JsonOutput.object();
            root.put("case", source.caseName());
            root.put("out", out.toString());
            root.put("outputs", result.trajectory().times().size());
            root.set("final", JsonOutput.lastValues(result.trajectory()));
            root.put("request_hash", result.provenance().requestHash());
            root.put("state_hash", result.provenance().stateHash());
            root.put("seconds", seconds);
            ArrayNode list = root.putArray("warnings");
            warnings.forEach(list::add);
            JsonOutput.print(console, root);
            return;
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s: %s to %s in %.1f s%n",
                        source.caseName(),
                        source.request().start(),
                        source.request().end(),
                        seconds);
        for (Series series : result.trajectory().series()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %-24s %.6g -> %.6g %s%n",
                            series.quantity().name(),
                            series.values().get(0),
                            last(series),
                            series.quantity().unit());
        }
        console.out().println("wrote " + out + ": result.json and report.html");
    }

    private static double last(Series series) {
        return series.values().get(series.values().size() - 1);
    }
}
