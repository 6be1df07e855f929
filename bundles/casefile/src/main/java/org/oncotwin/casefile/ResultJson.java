package org.oncotwin.casefile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.simulation.UsedParameter;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.SimulationTime;

/**
 * {@code result.json}: to and from JSON. Numbers are written in the shortest form that reads back to the same bits; those that JSON lacks stand as the texts
 * {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
final class ResultJson {
    private static final String FORMAT = "oncotwin-result";
    private static final int FORMAT_VERSION = 1;

    /** A run of 100,000 outputs with a hundred observables fits. */
    private static final long LARGEST = 512L << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private ResultJson() {}

    static void write(Result result, OutputStream out) throws IOException {
        MAPPER.writerWithDefaultPrettyPrinter()
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValue(out, json(result));
    }

    private static ObjectNode json(Result result) {
        ObjectNode root = MAKE.objectNode();
        root.put("format", FORMAT);
        root.put("format_version", FORMAT_VERSION);
        root.put("case", result.caseName());
        ArrayNode times = root.putArray("times_days");
        result.trajectory().times().forEach(t -> times.add(t.days()));
        ObjectNode series = root.putObject("series");
        for (Series s : result.trajectory().series()) {
            ObjectNode one = series.putObject(s.quantity().name());
            one.put("unit", s.quantity().unit());
            one.put("description", s.quantity().description());
            ArrayNode values = one.putArray("values");
            s.values().forEach(v -> values.add(number(v)));
        }
        ArrayNode courses = root.putArray("courses");
        result.courses().forEach(c -> courses.add(json(c)));
        ArrayNode toxicities = root.putArray("toxicities");
        result.toxicities().forEach(t -> ToxicityJson.write(t, toxicities.addObject()));
        ArrayNode rules = root.putArray("fired_rules");
        result.firedRules().forEach(r -> ToxicityJson.write(r, rules.addObject()));
        ArrayNode limitations = root.putArray("limitations");
        result.limitations().forEach(limitations::add);
        root.set("provenance", json(result.provenance()));
        ArrayNode inputs = root.putArray("inputs");
        for (StoredInput input : result.inputs()) {
            inputs.addObject()
                    .put("name", input.name())
                    .put("file", input.file())
                    .put("sha256", input.sha256());
        }
        ObjectNode files = root.putObject("files");
        result.files().forEach(files::put);
        return root;
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value) ? MAKE.numberNode(value) : MAKE.textNode(Double.toString(value));
    }

    private static ObjectNode json(CourseSummary course) {
        ObjectNode node = MAKE.objectNode();
        node.put("label", course.label());
        node.put("title", course.title());
        ArrayNode events = node.putArray("events");
        for (TreatmentEvent event : course.events()) {
            ObjectNode one = events.addObject().put("day", event.time().days()).put("label", event.label());
            one.set("amount", number(event.amount()));
            one.put("unit", event.unit());
        }
        ArrayNode facts = node.putArray("facts");
        for (CourseFact fact : course.facts()) {
            ObjectNode one = facts.addObject().put("name", fact.name()).put("title", fact.title());
            one.set("value", number(fact.value()));
            one.put("unit", fact.unit());
        }
        ToxicityJson.write(course.curves(), node.putArray("curves"));
        return node;
    }

    private static ObjectNode json(Provenance provenance) {
        ObjectNode node = MAKE.objectNode();
        node.put("request_hash", provenance.requestHash());
        node.put("state_hash", provenance.stateHash());
        node.put("seed", provenance.seed());
        node.putObject("engine").put("version", provenance.engineVersion()).put("sha256", provenance.engineSha256());
        node.put("java", provenance.javaVersion());
        ArrayNode plugins = node.putArray("plugins");
        for (PluginIdentity plugin : provenance.plugins()) {
            plugins.addObject()
                    .put("kind", plugin.kind().name().toLowerCase(java.util.Locale.ROOT))
                    .put("id", plugin.id())
                    .put("version", plugin.version())
                    .put("bundle", plugin.bundle())
                    .put("sha256", plugin.sha256());
        }
        ArrayNode parameters = node.putArray("parameters");
        for (UsedParameter parameter : provenance.parameters()) {
            ObjectNode one = parameters
                    .addObject()
                    .put("participant", parameter.participant())
                    .put("name", parameter.name());
            one.set("value", number(parameter.value()));
            one.put("unit", parameter.unit())
                    .put("origin", parameter.origin())
                    .put("description", parameter.description())
                    .put("source", parameter.source());
        }
        ObjectNode inputs = node.putObject("inputs");
        provenance.inputHashes().forEach(inputs::put);
        ArrayNode solvers = node.putArray("solvers");
        for (SolverUse use : provenance.solvers()) {
            ObjectNode one = solvers.addObject()
                    .put("solver", use.solver())
                    .put("calls", use.calls())
                    .put("steps", use.steps())
                    .put("rejected_steps", use.rejectedSteps())
                    .put("evaluations", use.evaluations());
            use.tolerance().ifPresent(tolerance -> one.set("tolerance", number(tolerance)));
            use.error().ifPresent(error -> one.set("relative_error", number(error)));
            one.set("longest_step_days", number(use.longestStep()));
            use.warnings().forEach(one.putArray("warnings")::add);
        }
        return node;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException with the JSON path of what is missing or of another form
     */
    static Result read(Path file) {
        Problems problems = new Problems();
        Tree root = new Tree(JsonDocument.read(file, LARGEST, problems).root(), HiddenRunFolders.RESULT);
        problems.check();
        if (!FORMAT.equals(root.get("format").text())) {
            throw root.get("format").wrong("the text " + FORMAT);
        }
        if (root.get("format_version").whole() != FORMAT_VERSION) {
            throw root.get("format_version").wrong("version " + FORMAT_VERSION);
        }
        return new Result(
                root.get("case").text(),
                trajectory(root),
                root.get("courses").list().stream().map(ResultJson::course).toList(),
                // Results of versions without drugs have neither.
                root.has("toxicities")
                        ? root.get("toxicities").list().stream()
                                .map(ToxicityJson::summary)
                                .toList()
                        : List.of(),
                root.has("fired_rules")
                        ? root.get("fired_rules").list().stream()
                                .map(ToxicityJson::rule)
                                .toList()
                        : List.of(),
                root.get("limitations").list().stream().map(Tree::text).toList(),
                provenance(root.get("provenance")),
                root.get("inputs").list().stream()
                        .map(i -> new StoredInput(
                                i.get("name").text(),
                                i.get("file").text(),
                                i.get("sha256").text()))
                        .toList(),
                root.get("files").texts());
    }

    private static Trajectory trajectory(Tree root) {
        List<SimulationTime> times =
                root.get("times_days").list().stream().map(ResultJson::time).toList();
        List<Series> series = new ArrayList<>();
        root.get("series").members().forEach((name, one) -> {
            Quantity quantity;
            try {
                quantity = new Quantity(
                        name,
                        one.get("unit").text(),
                        QuantityKind.SCALAR,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        one.get("description").text());
            } catch (IllegalArgumentException wrong) {
                throw one.wrong("a quantity");
            }
            List<Double> values =
                    one.get("values").list().stream().map(Tree::number).toList();
            if (values.size() != times.size()) {
                throw one.get("values").wrong("one value for each of " + times.size() + " times");
            }
            series.add(new Series(quantity, values));
        });
        return new Trajectory(times, series);
    }

    static SimulationTime time(Tree days) {
        try {
            return SimulationTime.ofDays(days.number());
        } catch (IllegalArgumentException wrong) {
            throw days.wrong("a time in days");
        }
    }

    private static CourseSummary course(Tree node) {
        return new CourseSummary(
                node.get("label").text(),
                node.get("title").text(),
                node.get("events").list().stream()
                        .map(e -> new TreatmentEvent(
                                time(e.get("day")),
                                e.get("label").text(),
                                e.get("amount").number(),
                                e.get("unit").text()))
                        .toList(),
                node.get("facts").list().stream()
                        .map(f -> new CourseFact(
                                f.get("name").text(),
                                f.get("title").text(),
                                f.get("value").number(),
                                f.get("unit").text()))
                        .toList(),
                node.has("curves") ? ToxicityJson.curves(node.get("curves")) : List.of());
    }

    private static Provenance provenance(Tree node) {
        return new Provenance(
                node.get("request_hash").text(),
                node.get("plugins").list().stream().map(ResultJson::plugin).toList(),
                node.get("engine").get("version").text(),
                node.get("engine").get("sha256").text(),
                node.get("java").text(),
                node.get("seed").whole(),
                node.get("parameters").list().stream()
                        .map(p -> new UsedParameter(
                                p.get("participant").text(),
                                p.get("name").text(),
                                p.get("value").number(),
                                p.get("unit").text(),
                                p.get("origin").text(),
                                p.get("description").text(),
                                p.get("source").text()))
                        .toList(),
                node.get("inputs").texts(),
                node.get("solvers").list().stream().map(ResultJson::solver).toList(),
                node.get("state_hash").text());
    }

    private static PluginIdentity plugin(Tree node) {
        String kind = node.get("kind").text();
        for (PluginKind known : PluginKind.values()) {
            if (known.name().toLowerCase(java.util.Locale.ROOT).equals(kind)) {
                return new PluginIdentity(
                        known,
                        node.get("id").text(),
                        node.get("version").text(),
                        node.get("bundle").text(),
                        node.get("sha256").text());
            }
        }
        throw node.get("kind").wrong("a kind of plugin");
    }

    private static SolverUse solver(Tree node) {
        return new SolverUse(
                node.get("solver").text(),
                node.get("calls").whole(),
                node.get("steps").whole(),
                node.get("rejected_steps").whole(),
                node.get("evaluations").whole(),
                numberOrNone(node, "tolerance"),
                numberOrNone(node, "relative_error"),
                node.get("longest_step_days").number(),
                node.get("warnings").list().stream().map(Tree::text).toList());
    }

    private static OptionalDouble numberOrNone(Tree node, String key) {
        return node.has(key) ? OptionalDouble.of(node.get(key).number()) : OptionalDouble.empty();
    }

    /** A node and where it stands. */
    record Tree(JsonNode node, String path) {
        boolean has(String key) {
            return node.has(key);
        }

        Tree get(String key) {
            JsonNode child = node.get(key);
            String childPath = CaseObject.join(path, key);
            if (child == null) {
                throw new InvalidInputException(childPath, "missing");
            }
            return new Tree(child, childPath);
        }

        InvalidInputException wrong(String wanted) {
            return new InvalidInputException(path, Words.form(node) + " that is not " + wanted);
        }

        String text() {
            if (!node.isTextual()) {
                throw wrong("text");
            }
            return node.textValue();
        }

        long whole() {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw wrong("a whole number");
            }
            return node.longValue();
        }

        boolean flag() {
            if (!node.isBoolean()) {
                throw wrong("true or false");
            }
            return node.booleanValue();
        }

        double number() {
            if (node.isNumber()) {
                return node.doubleValue();
            }
            return switch (node.isTextual() ? node.textValue() : "") {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw wrong("a number");
            };
        }

        List<Tree> list() {
            if (!node.isArray()) {
                throw wrong("a list");
            }
            List<Tree> list = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                list.add(new Tree(node.get(i), path + "[" + i + "]"));
            }
            return list;
        }

        Map<String, Tree> members() {
            if (!node.isObject()) {
                throw wrong("an object");
            }
            Map<String, Tree> members = new TreeMap<>();
            node.fieldNames().forEachRemaining(key -> members.put(key, get(key)));
            return members;
        }

        SortedMap<String, String> texts() {
            SortedMap<String, String> texts = new TreeMap<>();
            members().forEach((key, value) -> texts.put(key, value.text()));
            return texts;
        }
    }
}
