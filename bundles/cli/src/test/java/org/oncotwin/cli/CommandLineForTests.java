package org.oncotwin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.export.Exporter;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.imaging.Image;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.imaging.ImageReader;
import org.oncotwin.api.imaging.ImageWriter;
import org.oncotwin.api.imaging.LabelImage;
import org.oncotwin.api.imaging.TensorConvention;
import org.oncotwin.api.imaging.TensorImage;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CheckpointFormat;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.store.DatabaseLocation;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.api.units.UnitException;
import org.oncotwin.casefile.HiddenRunFolders;
import org.oncotwin.casefile.JsonCaseReader;
import org.oncotwin.casefile.JsonResultReader;
import org.oncotwin.cli.site.OpenSite;
import org.oncotwin.cli.site.SiteDoor;

/** The command line with the real case reader and run folders, and test doubles of everything behind them. */
final class CommandLineForTests {
    private static final String CASE = """
            { "case": "logistic-001", "patient": { "id": "ONCO-2026-001" },
              "initial": { "day": 0, "volume": "10 cm3" },
              "growth": { "model": "logistic", "parameters": { "proliferation": "0.05 /d" } },
              "horizon": "20 d", "output": "1 d" }
            """;

    final Path folder;
    final Path caseFile;
    final Path out;
    final EngineForTests engine = new EngineForTests();
    final AtomicBoolean cancelled = new AtomicBoolean();
    private boolean debug;
    private boolean terminal;
    private String stdout = "";
    private String stderr = "";

    CommandLineForTests(Path folder) throws IOException {
        this.folder = folder;
        this.caseFile = Files.writeString(folder.resolve("case.json"), CASE);
        this.out = folder.resolve("run");
    }

    /** Asks for stack traces. */
    void debug() {
        debug = true;
    }

    /** Lets a person watch. */
    void watch() {
        terminal = true;
    }

    /** What the last command printed as its result. */
    String stdout() {
        return stdout;
    }

    /** What the last command said. */
    String stderr() {
        return stderr;
    }

    /** Rewrites the case. */
    void edit(String there, String instead) throws IOException {
        Files.writeString(caseFile, CASE.replace(there, instead));
    }

    /** The exit code; what was printed is in {@link #stdout()} and {@link #stderr()}. */
    int execute(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        Console console = new Console(new PrintWriter(outText), new PrintWriter(errText), terminal, debug);
        int code = Commands.execute(services(), new NoDoor(), console, cancelled::get, arguments);
        stdout = outText.toString();
        stderr = errText.toString();
        return code;
    }

    int run(String... more) {
        return execute(
                Stream.concat(Stream.of("run", caseFile.toString(), "--out", out.toString()), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    /** What was printed, which must be one JSON object and nothing else. */
    JsonNode json() throws IOException {
        return new ObjectMapper()
                .readerFor(JsonNode.class)
                .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValue(stdout);
    }

    /** Names in the folder beside the case, hidden ones too. */
    List<String> left() throws IOException {
        return names(folder);
    }

    static List<String> names(Path place) throws IOException {
        try (Stream<Path> entries = Files.list(place)) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private Services services() {
        JsonCaseReader cases = new JsonCaseReader(new Catalogue(), new Units(), new NoImages());
        return new Services(
                "1.2.3",
                cases,
                new HiddenRunFolders(),
                new JsonResultReader(cases),
                engine,
                new Catalogue(),
                new TestDrugs(),
                new Checkpoints(),
                new NoImages(),
                new TextImages(),
                (t1, cancellation) -> {
                    throw new ImageException("no image to segment");
                },
                (content, page) -> page.write(content.caseName().getBytes(StandardCharsets.UTF_8)),
                List.of(new InstalledExporter("1.0.0", "test", new TextExporter())),
                List.of(),
                new Units());
    }

    /** Behind which there is no site. */
    private static final class NoDoor implements SiteDoor {
        @Override
        public OpenSite open(Path folder) {
            throw new StoreException("there is no site folder " + folder.getFileName());
        }

        @Override
        public OpenSite create(Path folder, DatabaseLocation location) {
            throw new StoreException("a site cannot be made in " + folder.getFileName());
        }
    }

    private static final class Catalogue implements PluginCatalogue {
        @Override
        public List<Entry<GrowthModelDescription>> growthModels() {
            return List.of(model("2.0.0"), model("1.0.0"));
        }

        private static Entry<GrowthModelDescription> model(String version) {
            return new Entry<>(
                    new PluginIdentity(PluginKind.GROWTH, "logistic", version, "test", "00"),
                    new GrowthModelDescription(
                            new PluginDescription(
                                    "logistic",
                                    "Logistic growth",
                                    "Tests",
                                    List.of("No space"),
                                    List.of(
                                            ParameterDescription.required(
                                                    "proliferation", "/d", 0, 10, "Rate of growth", "Verhulst 1838"),
                                            ParameterDescription.optional(
                                                            "carrying_capacity",
                                                            "cm3",
                                                            100,
                                                            Double.MIN_VALUE,
                                                            Double.POSITIVE_INFINITY,
                                                            "Largest volume",
                                                            "Chosen")
                                                    .withPrior(Prior.logNormal(100, 0.5))),
                                    List.of("Verhulst 1838")),
                            List.of(Quantity.TUMOUR_VOLUME),
                            List.of(Quantity.TUMOUR_VOLUME),
                            Set.of(EffectPort.SURVIVING_FRACTION),
                            false,
                            1,
                            "dV/dt = r V (1 - V/K)"));
        }

        @Override
        public List<Entry<TreatmentModalityDescription>> treatmentModalities() {
            return List.of(new Entry<>(
                    new PluginIdentity(PluginKind.TREATMENT, "radiation-lq", "1.0.0", "test", "00"),
                    new TreatmentModalityDescription(
                            new PluginDescription(
                                    "radiation-lq", "Radiation", "Tests", List.of(), List.of(), List.of()),
                            List.of(
                                    InputDescription.count("fractions", 1, 200, "Number of fractions"),
                                    InputDescription.choice("days", List.of("weekdays", "daily"), "Days")),
                            List.of(),
                            Set.of(EffectPort.SURVIVING_FRACTION),
                            1,
                            "")));
        }

        @Override
        public List<Entry<PharmacokineticModelDescription>> pharmacokineticModels() {
            return List.of();
        }

        @Override
        public List<Entry<ToxicityModelDescription>> toxicityModels() {
            return List.of();
        }

        @Override
        public List<Entry<SolverDescription>> solvers() {
            return List.of(new Entry<>(
                    new PluginIdentity(PluginKind.SOLVER, "explicit", "1.0.0", "test", "00"),
                    new SolverDescription(
                            "explicit",
                            "Explicit Euler",
                            1,
                            false,
                            Set.of(SolverKind.REACTION_DIFFUSION),
                            Set.of(),
                            List.of(),
                            List.of())));
        }

        @Override
        public Entry<GrowthModelDescription> growthModel(PluginChoice choice) {
            return growthModels().get(0);
        }

        @Override
        public Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice) {
            return treatmentModalities().get(0);
        }
    }

    /** Knows units only as they are. */
    private static final class Units implements UnitConverter {
        @Override
        public MeasuredValue parse(String text) {
            String[] words = text.split(" ");
            return new MeasuredValue(Double.parseDouble(words[0]), words[1]);
        }

        @Override
        public double convert(MeasuredValue value, String unit) {
            if (!isConvertible(value.unit(), unit)) {
                throw new UnitException("'" + value.unit() + "' does not convert to '" + unit + "'");
            }
            return value.value();
        }

        @Override
        public boolean isConvertible(String from, String to) {
            return from.equals(to);
        }

        @Override
        public void check(String unit) {}
    }

    private static final class NoImages implements ImageReader {
        @Override
        public Image read(Path file) throws ImageException {
            throw new ImageException(file.getFileName() + ": not an image");
        }

        @Override
        public LabelImage readLabels(Path file, Map<String, Integer> names) throws ImageException {
            throw new ImageException(file.getFileName() + ": not an image");
        }

        @Override
        public TensorImage readTensors(Path file, TensorConvention convention) throws ImageException {
            throw new ImageException(file.getFileName() + ": not an image");
        }
    }

    private static final class TextImages implements ImageWriter {
        @Override
        public void write(Field field, OutputStream stream) throws IOException {
            stream.write(Double.toString(field.value(0)).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void write(LabelField labels, OutputStream stream) throws IOException {
            stream.write(labels.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class TextExporter implements Exporter {
        @Override
        public PluginDescription description() {
            return new PluginDescription("text", "Text", "Tests", List.of(), List.of(), List.of());
        }

        @Override
        public Export begin(String name, Setting setting, ExportTarget target) {
            List<String> days = new ArrayList<>();
            return new Export() {
                @Override
                public void add(State state) {
                    days.add(state.time().toString());
                }

                @Override
                public void finish() throws IOException {
                    try (OutputStream file = target.create(name + ".txt")) {
                        file.write(String.join(",", days).getBytes(StandardCharsets.UTF_8));
                    }
                }
            };
        }
    }

    /** Volumes as text. */
    private static final class Checkpoints implements CheckpointFormat {
        @Override
        public void write(Checkpoint checkpoint, OutputStream file) throws IOException {
            List<Double> values = checkpoint.trajectory().series().get(0).values();
            file.write(values.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Checkpoint read(InputStream in) throws IOException {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.startsWith("[")) {
                throw new IOException("not a checkpoint");
            }
            List<Double> values = Arrays.stream(text.replaceAll("[\\[\\] ]", "").split(","))
                    .map(Double::valueOf)
                    .toList();
            List<SimulationTime> times = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                times.add(SimulationTime.ofDays(i));
            }
            return new Checkpoint(
                    "request",
                    List.of(EngineForTests.PLUGIN),
                    List.of(),
                    List.of(),
                    List.of(),
                    State.at(times.get(times.size() - 1)),
                    new Trajectory(times, List.of(new Series(Quantity.TUMOUR_VOLUME, values))));
        }
    }
}
