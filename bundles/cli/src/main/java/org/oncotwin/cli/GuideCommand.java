package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.casefile.Case;
import org.oncotwin.guidance.Guidance;
import org.oncotwin.guidance.Reading;
import org.oncotwin.guidance.RigidRegistration;
import org.oncotwin.guidance.Structure;
import org.oncotwin.guidance.TrackedTip;
import org.oncotwin.scene.PatientSurfaces;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code guide}: how far the tip of a tracked instrument is from the tumour and from organs at risk. */
@Command(
        name = "guide",
        description = {
            "Follows the tip of a tracked instrument: an answer to each sample, a line of JSON on standard output, with the distance from the tumour and from organs at risk, its standard deviation from the error of registration, and whether to warn.",
            "Research use only. The tracker's own error and tissue that has moved since the image are not in the answer. Every answer says where its samples come from."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  oncotwin guide case.json --fiducials fiducials.json --margin \"5 mm\" --listen 4242",
            "  oncotwin guide case.json --fiducials fiducials.json --organ ventricle=\"3 mm\" --recorded tip.jsonl",
            "  oncotwin guide case.json --fiducials fiducials.json --simulate \"2 s\"",
            "",
            "A sample is a line such as {\"t\": 0.001, \"x\": 12.5, \"y\": -3, \"z\": 88, \"visible\": true}, in s and mm in the frame of the tracker."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:the case, the command line or a sample cannot be used", "130:cancelled"})
final class GuideCommand implements Callable<Integer> {
    private static final String TUMOUR = "tumour";
    private static final int EXERCISES = 20_000;

    private final Services services;
    private final Console console;
    private final Cancellation cancellation;
    private final SceneOptions reader;

    @Parameters(
            index = "0",
            paramLabel = "CASE",
            description = "The case file, with an anatomy and an image of the tumour.")
    private Path caseFile;

    @Option(
            names = "--fiducials",
            required = true,
            paramLabel = "FILE",
            description =
                    "JSON file with three or more points, each as the tracker sees it and where it is in the image (mm, RAS+), and the error of localising one, which is estimated from the fit without.")
    private Path fiducials;

    @ArgGroup(multiplicity = "1")
    private Feed feed;

    @Option(
            names = "--margin",
            paramLabel = "LENGTH",
            defaultValue = "5 mm",
            description = "Planned margin around the tumour, by default 5 mm.")
    private String margin;

    @Option(
            names = "--organ",
            paramLabel = "LABEL=LENGTH",
            description =
                    "An organ at risk, a label of the anatomy, and the margin around it. May be given several times.")
    private List<String> organs = new ArrayList<>();

    @Option(
            names = "--threshold",
            paramLabel = "CELLULARITY",
            defaultValue = "0.5",
            description = "Cellularity at and above which a voxel belongs to the tumour, by default 0.5.")
    private String threshold;

    @Option(
            names = "--alert-probability",
            paramLabel = "P",
            defaultValue = "0.05",
            description = "Probability of being within a margin from which on there is a warning, by default 0.05.")
    private String alertProbability;

    @Option(
            names = "--fastest",
            paramLabel = "SPEED",
            defaultValue = "1 m/s",
            description =
                    "Fastest that an instrument moves, by default 1 m/s; anything faster is a jump of the tracking.")
    private String fastest;

    @Option(
            names = "--longest-gap",
            paramLabel = "TIME",
            defaultValue = "100 ms",
            description = "Longest time between two samples, by default 100 ms; after it the tracking is stale.")
    private String longestGap;

    @Mixin
    private CommonOptions common;

    /** Where samples come from. */
    static final class Feed {
        @Option(
                names = "--listen",
                paramLabel = "PORT",
                description =
                        "Wait on this port of this machine (0: any that is free) for one who sends samples; answers go back there too.")
        private Integer port;

        @Option(names = "--recorded", paramLabel = "FILE", description = "Samples of a file.")
        private Path recorded;

        @Option(
                names = "--simulate",
                paramLabel = "TIME",
                description = "A tip that nobody holds: from 50 mm outside to the middle of the tumour in this time.")
        private String simulated;
    }

    GuideCommand(Services services, Console console, Cancellation cancellation) {
        this.services = services;
        this.console = console;
        this.cancellation = cancellation;
        this.reader = new SceneOptions(services.units());
    }

    @Override
    public Integer call() throws IOException {
        Guidance.Limits limits = new Guidance.Limits(
                reader.quantity("--fastest", fastest, "mm/s", 1e-3, 1e5),
                reader.quantity("--longest-gap", longestGap, "s", 1e-3, 60),
                reader.quantity("--alert-probability", alertProbability, "1", 1e-6, 0.999));
        RigidRegistration registration = FiducialFile.read(fiducials);
        Case source = services.cases().read(caseFile);
        List<Structure> structures = structures(source);
        console.say(String.format(
                Locale.ROOT,
                "registration: fiducial error %.2f mm, localisation error %.2f mm",
                registration.fiducialRegistrationError(),
                registration.fiducialLocalisationError()));
        exercise(new Guidance(registration, structures, limits));
        try (TipFeed tips = open(registration, structures, limits)) {
            follow(tips, new Guidance(registration, structures, limits));
        }
        return ExitCode.OK;
    }

    private List<Structure> structures(Case source) {
        Anatomy anatomy = source.request()
                .setting()
                .anatomy()
                .orElseThrow(() -> new InvalidInputException("anatomy", "the case has none"));
        List<Structure> structures = new ArrayList<>();
        Mask tumour = CaseTumour.of(source, reader.quantity("--threshold", threshold, "1", 1e-6, 1));
        structures.add(new Structure(
                TUMOUR,
                PatientSurfaces.of(TUMOUR, tumour, cancellation),
                reader.quantity("--margin", margin, "mm", 0, 500)));
        Map<String, Integer> labels = new TreeMap<>(
                anatomy.tissue().map(tissue -> tissue.names()).map(Map::copyOf).orElse(Map.of()));
        SceneOptions.pairs("--organ", organs).forEach((name, text) -> {
            Integer label = labels.get(name);
            if (label == null) {
                throw new InvalidInputException(
                        "--organ", "the anatomy has no label '" + name + "'; there are " + labels.keySet());
            }
            boolean[] inside = new boolean[anatomy.grid().size()];
            for (int voxel = 0; voxel < inside.length; voxel++) {
                inside[voxel] = anatomy.tissue().orElseThrow().label(voxel) == label;
            }
            structures.add(new Structure(
                    name,
                    PatientSurfaces.of(name, Mask.owning(anatomy.grid(), inside), cancellation),
                    reader.quantity("--organ " + name, text, "mm", 0, 500)));
        });
        return structures;
    }

    private TipFeed open(RigidRegistration registration, List<Structure> structures, Guidance.Limits limits)
            throws IOException {
        if (feed.simulated != null) {
            return simulated(registration, structures.get(0).surface());
        }
        if (feed.recorded != null) {
            try {
                return LineFeed.recorded(feed.recorded);
            } catch (NoSuchFileException missing) {
                throw new InvalidInputException("--recorded", "there is no file " + feed.recorded.getFileName());
            }
        }
        if (feed.port < 0 || feed.port > 65535) {
            throw new InvalidInputException("--listen", feed.port + " is not allowed; allowed is 0 to 65535");
        }
        try (ServerSocket server = LineFeed.listen(feed.port)) {
            console.say("waiting on port " + server.getLocalPort() + " of this machine");
            // So that a person who gives up is heard.
            server.setSoTimeout(200);
            while (true) {
                cancellation.check();
                Optional<TipFeed> tips = LineFeed.of(server, limits.longestGap());
                if (tips.isPresent()) {
                    return tips.get();
                }
            }
        }
    }

    private TipFeed simulated(RigidRegistration registration, TriangleMesh tumour) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int node = 0; node < tumour.nodes(); node++) {
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], 1000 * tumour.coordinate(node, axis));
                high[axis] = Math.max(high[axis], 1000 * tumour.coordinate(node, axis));
            }
        }
        double x = (low[0] + high[0]) / 2;
        double y = (low[1] + high[1]) / 2;
        double z = (low[2] + high[2]) / 2;
        double[] from = new double[3];
        double[] to = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            from[axis] = registration.toTracker(axis, x, y, high[2] + 50);
            to[axis] = registration.toTracker(axis, x, y, z);
        }
        return new SimulatedFeed(from, to, reader.quantity("--simulate", feed.simulated, "s", 0.01, 3600));
    }

    /** So that the first samples are answered as fast as the later ones: Java compiles what it has run often. */
    private static void exercise(Guidance guidance) {
        long written = 0;
        for (int n = 0; n < EXERCISES; n++) {
            TrackedTip tip = new TrackedTip(0.001 * n, 0.01 * (n % 1000), -0.01 * (n % 700), 0.01 * (n % 300), true);
            written += line("exercise", guidance.read(tip)).length();
        }
        if (written == 0) {
            throw new IllegalStateException("nothing was written");
        }
    }

    private void follow(TipFeed tips, Guidance guidance) throws IOException {
        Latencies latencies = new Latencies();
        long alerts = 0;
        long missing = 0;
        boolean wasAlert = false;
        double last = 0;
        while (true) {
            cancellation.check();
            Optional<TrackedTip> tip;
            Reading reading;
            try {
                tip = tips.next();
                reading = tip.isPresent() ? guidance.read(tip.get()) : guidance.missing(last);
                String line = line(tips.label(), reading);
                console.out().println(line);
                console.out().flush();
                tips.answer(line);
            } catch (EOFException end) {
                break;
            }
            if (tip.isPresent()) {
                last = reading.seconds();
                latencies.add(System.nanoTime() - tips.arrived());
            } else {
                missing++;
            }
            if (reading.isAlert()) {
                alerts++;
            }
            if (reading.isAlert() != wasAlert) {
                wasAlert = reading.isAlert();
                console.say(words(reading));
            }
        }
        console.say(String.format(
                Locale.ROOT,
                "%s feed: %d samples, %d answers with an alert, %d gaps; from sample to answer %s",
                tips.label(),
                latencies.count(),
                alerts,
                missing,
                latencies.words()));
    }

    private static String words(Reading reading) {
        StringBuilder words = new StringBuilder(String.format(Locale.ROOT, "%.3f s: ", reading.seconds()));
        if (reading.tracking() != Reading.Tracking.TRACKED) {
            return words.append("ALERT, tracking ")
                    .append(reading.tracking().name().toLowerCase(Locale.ROOT))
                    .toString();
        }
        words.append(reading.isAlert() ? "ALERT" : "clear");
        reading.distances()
                .forEach(distance -> words.append(String.format(
                        Locale.ROOT,
                        ", %s %.1f mm (SD %.1f)",
                        distance.structure(),
                        distance.millimetres(),
                        distance.standardDeviation())));
        return words.toString();
    }

    private static String line(String label, Reading reading) {
        ObjectNode node = JsonOutput.object();
        node.put("feed", label);
        node.set("t", JsonOutput.number(reading.seconds()));
        node.put("tracking", reading.tracking().name().toLowerCase(Locale.ROOT));
        node.put("alert", reading.isAlert());
        ArrayNode distances = node.putArray("distances");
        for (Reading.Distance distance : reading.distances()) {
            distances
                    .addObject()
                    .put("structure", distance.structure())
                    .put("mm", distance.millimetres())
                    .put("sd_mm", distance.standardDeviation())
                    .put("within_margin", distance.withinMargin())
                    .put("alert", distance.isAlert());
        }
        return node.toString();
    }
}
