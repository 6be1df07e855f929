package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.oncotwin.api.imaging.Image;
import org.oncotwin.api.imaging.TissueSegmentation;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.RunFolder;
import org.oncotwin.report.ReportContent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the main job on a real brain MRI, from image to report. */
@Command(
        name = "demo",
        description = {
            "Takes the T1 MRI of a brain (Colin 27), tells its tissues apart, grows a synthetic glioma in its white matter and",
            "follows it for 180 days, untreated and with 60 Gy in 30 fractions. The anatomy is real, the tumour is not.",
            "Leaves case files that run by themselves, three run folders, and report.html."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  oncotwin demo", "  oncotwin demo --out brain", "  oncotwin replay oncotwin-demo/radiotherapy"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a run failed", "2:bad usage; nothing was written", "130:cancelled"})
final class DemoCommand implements Callable<Integer> {
    private static final String HOME = "oncotwin.home";
    private static final String BRAIN = "data/brain/ch2bet.nii.gz";
    private static final String IMAGE = "t1.nii.gz";
    private static final String TISSUE = "tissue.nii.gz";
    private static final String SEED = "seed.nii.gz";
    private static final String DAY_ZERO = "cellularity-day-0.nii.gz";
    private static final String REPORT = "report.html";

    private final Services services;
    private final Console console;
    private final Cancellation cancellation;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "oncotwin-demo",
            description = "Where to write; new, empty, or an earlier demonstration. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private CommonOptions common;

    DemoCommand(Services services, Console console, Cancellation cancellation) {
        this.services = services;
        this.console = console;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws IOException {
        long started = System.nanoTime();
        int threadCount = threads.count();
        Path brain = brain();
        checkTarget();
        Files.createDirectories(out);

        step(1, "Reading the T1 MRI of a brain (Colin 27)");
        Image t1 = services.imageReader().read(brain);
        Files.copy(brain, out.resolve(IMAGE), StandardCopyOption.REPLACE_EXISTING);

        step(2, "Telling cerebrospinal fluid, grey and white matter apart");
        TissueSegmentation.Result tissue = services.segmentation().segment(t1.field(), cancellation);
        tissue.volumes().forEach((name, volume) -> detail("%-6s %7.1f cm3", name, volume));
        write(TISSUE, stream -> services.images().write(tissue.tissue(), stream));
        write(SEED, stream -> services.images().write(SyntheticGlioma.seed(tissue.tissue()), stream));

        step(3, "Growing a synthetic glioma for " + SyntheticGlioma.GROWTH_DAYS + " days");
        Run onset = run("onset", SyntheticGlioma.onset(IMAGE, TISSUE, SEED), threadCount);
        write(DAY_ZERO, stream -> services.images().write(cellularity(onset.result()), stream));

        step(4, "Following it untreated for " + SyntheticGlioma.HORIZON_DAYS + " days");
        Run untreated = run("untreated", SyntheticGlioma.untreated(IMAGE, TISSUE, DAY_ZERO), threadCount);

        step(5, "Following it with 60 Gy in " + SyntheticGlioma.FRACTIONS + " fractions");
        Run irradiated = run("radiotherapy", SyntheticGlioma.irradiated(IMAGE, TISSUE, DAY_ZERO), threadCount);

        ReportContent content = RunReport.comparison(
                "A synthetic glioma in a real brain",
                List.of(
                        "The tumour is synthetic, the anatomy is real: T1 MRI of one healthy adult, average of 27 scans (Colin 27, Holmes et al. 1998).",
                        "Tissue classes come from the image by automatic segmentation."),
                List.of(
                        Map.entry("No treatment", untreated.report()),
                        Map.entry("60 Gy in 30 fractions", irradiated.report())));
        write(REPORT, stream -> services.reports().write(content, stream));
        finish(untreated, irradiated, (System.nanoTime() - started) / 1e9);
        return ExitCode.OK;
    }

    private record Run(RunResult result, RunReport.Recorded report) {}

    private Run run(String name, ObjectNode document, int threadCount) throws IOException {
        String file = name + ".json";
        write(file, stream -> JsonOutput.write(document, stream));
        Case source = services.cases().read(out.resolve(file));
        try (Simulation simulation = services.engine().prepare(source.request());
                RunFolder folder = services.folders().create(out.resolve(name), true)) {
            folder.writeCase(source);
            RunReport report = new RunReport(services.reports(), source);
            RunResult result;
            try (Progress progress = Progress.of(console, common.json(), source.request())) {
                RunListener listener = new Listeners(List.of(report.recorder(), progress));
                result = simulation.run(new RunOptions(threadCount, cancellation), listener);
            }
            report.write(result, folder);
            folder.writeResult(source, result);
            folder.commit();
            return new Run(result, report.recorded(result));
        }
    }

    private void finish(Run untreated, Run irradiated, double seconds) {
        if (common.json()) {
            ObjectNode root = JsonOutput.object();
            root.put("out", out.toString());
            root.put("report", out.resolve(REPORT).toString());
            root.set("untreated", JsonOutput.lastValues(untreated.result().trajectory()));
            root.set("radiotherapy", JsonOutput.lastValues(irradiated.result().trajectory()));
            root.put("seconds", seconds);
            JsonOutput.print(console, root);
            return;
        }
        console.out()
                .printf(Locale.ROOT, "%ntumour volume, cm3         day 0    day %d%n", SyntheticGlioma.HORIZON_DAYS);
        line("untreated", untreated.result());
        line("60 Gy in 30 fractions", irradiated.result());
        console.out().printf(Locale.ROOT, "%nDone in %.1f s. Open %s%n", seconds, out.resolve(REPORT));
    }

    private void line(String name, RunResult result) {
        for (Series series : result.trajectory().series()) {
            if (series.quantity().name().equals(Quantity.TUMOUR_VOLUME.name())) {
                List<Double> values = series.values();
                console.out()
                        .printf(
                                Locale.ROOT,
                                "  %-22s %8.2f   %8.2f%n",
                                name,
                                values.get(0),
                                values.get(values.size() - 1));
            }
        }
    }

    private static Field cellularity(RunResult result) {
        return result.finalState().components().values().stream()
                .filter(c -> c.quantity().name().equals(Quantity.TUMOUR_CELLULARITY.name()))
                .map(c -> ((FieldComponent) c).field())
                .findFirst()
                .orElseThrow();
    }

    private static Path brain() {
        String home = System.getProperty(HOME);
        Path file = home == null ? null : Path.of(home).resolve(BRAIN);
        if (file == null || !Files.isReadable(file)) {
            throw new InvalidInputException("demo", "the distribution lacks its image " + BRAIN);
        }
        return file;
    }

    /** An earlier demonstration may be replaced; anything else that lies there may not. */
    private void checkTarget() throws IOException {
        if (Files.notExists(out)) {
            return;
        }
        if (!Files.isDirectory(out)) {
            throw new InvalidInputException(
                    "--out", "'" + out.getFileName() + "' is a file; a new or empty folder is needed");
        }
        try (Stream<Path> entries = Files.list(out)) {
            boolean empty = entries.findAny().isEmpty();
            if (!empty && !Files.isRegularFile(out.resolve("onset.json"))) {
                throw new InvalidInputException(
                        "--out",
                        "the folder '" + out.getFileName()
                                + "' is not empty and holds no demonstration; name a new or empty folder");
            }
        }
    }

    private interface Content {
        void writeTo(OutputStream stream) throws IOException;
    }

    /** Writes a file whole or not at all. */
    private void write(String name, Content content) throws IOException {
        cancellation.check();
        Path part = out.resolve("." + name + ".part");
        try {
            try (OutputStream stream = Files.newOutputStream(part)) {
                content.writeTo(stream);
            }
            Files.move(part, out.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void step(int number, String what) {
        cancellation.check();
        if (!common.json()) {
            console.err().printf(Locale.ROOT, "[%d/5] %s%n", number, what);
            console.err().flush();
        }
    }

    private void detail(String format, Object... values) {
        if (!common.json()) {
            console.err().printf(Locale.ROOT, "      " + format + "%n", values);
        }
    }
}
