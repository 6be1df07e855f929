package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.simulation.PluginCatalogue.Entry;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Quantity;

/**
 * What any kind of plugin tells people, in one form.
 *
 * @param kind kind
 * @param id name in case files
 * @param version version of its bundle
 * @param bundle symbolic name of its bundle
 * @param title a few words
 * @param contextOfUse what it may be used for; empty for solvers
 * @param equation what it computes; empty if it does not say
 * @param limitations what it leaves out
 * @param initial quantities that a growth model can be started from
 * @param inputs what a course of a treatment takes
 * @param parameters the numbers that it takes
 * @param drugSection section of drug files that holds what it needs to know of a drug; empty if it needs nothing
 * @param drugNumbers the numbers of that section
 * @param terms adverse events that it grades
 * @param quantities the state that it keeps
 * @param ports effect ports that it honours (growth) or drives (treatment), sorted
 * @param references papers
 */
record PluginCard(
        PluginKind kind,
        String id,
        String version,
        String bundle,
        String title,
        String contextOfUse,
        String equation,
        List<String> limitations,
        List<Quantity> initial,
        List<InputDescription> inputs,
        List<ParameterDescription> parameters,
        String drugSection,
        List<ParameterDescription> drugNumbers,
        List<String> terms,
        List<Quantity> quantities,
        List<String> ports,
        List<String> references) {

    /** All plugins there are, by kind, id and version, highest version first. */
    static List<PluginCard> all(Services services) {
        List<PluginCard> cards = new ArrayList<>();
        services.catalogue().growthModels().forEach(e -> cards.add(growth(e)));
        services.catalogue().treatmentModalities().forEach(e -> cards.add(treatment(e)));
        services.catalogue().solvers().forEach(e -> cards.add(solver(e)));
        services.catalogue().pharmacokineticModels().forEach(e -> cards.add(pharmacokinetics(e)));
        services.catalogue().toxicityModels().forEach(e -> cards.add(toxicity(e)));
        Stream.concat(
                        services.exporters().stream().map(PluginCard::export),
                        services.sceneExporters().stream().map(PluginCard::sceneExport))
                .sorted(Comparator.comparing(PluginCard::id))
                .forEach(cards::add);
        return cards;
    }

    private static PluginCard growth(Entry<GrowthModelDescription> entry) {
        GrowthModelDescription d = entry.description();
        return of(
                entry.identity(),
                d.plugin(),
                d.equation(),
                d.initialQuantities(),
                List.of(),
                d.ownedQuantities(),
                ports(d.honouredPorts()));
    }

    private static PluginCard treatment(Entry<TreatmentModalityDescription> entry) {
        TreatmentModalityDescription d = entry.description();
        return of(
                entry.identity(),
                d.plugin(),
                d.equation(),
                List.of(),
                d.inputs(),
                d.ownedQuantities(),
                ports(d.drivenPorts()));
    }

    private static PluginCard pharmacokinetics(Entry<PharmacokineticModelDescription> entry) {
        PharmacokineticModelDescription d = entry.description();
        return of(entry.identity(), d.plugin(), d.equation(), d.drugSection(), d.drugParameters(), List.of());
    }

    private static PluginCard toxicity(Entry<ToxicityModelDescription> entry) {
        ToxicityModelDescription d = entry.description();
        return of(entry.identity(), d.plugin(), d.equation(), d.drugSection(), d.drugParameters(), d.terms());
    }

    private static PluginCard of(
            PluginIdentity identity,
            PluginDescription plugin,
            String equation,
            List<Quantity> initial,
            List<InputDescription> inputs,
            List<Quantity> quantities,
            List<String> ports) {
        return new PluginCard(
                identity.kind(),
                plugin.id(),
                identity.version(),
                identity.bundle(),
                plugin.title(),
                plugin.contextOfUse(),
                equation,
                plugin.limitations(),
                initial,
                inputs,
                plugin.parameters(),
                "",
                List.of(),
                List.of(),
                quantities,
                ports,
                plugin.references());
    }

    /** Of a model of drugs in the body. */
    private static PluginCard of(
            PluginIdentity identity,
            PluginDescription plugin,
            String equation,
            String drugSection,
            List<ParameterDescription> drugNumbers,
            List<String> terms) {
        return new PluginCard(
                identity.kind(),
                plugin.id(),
                identity.version(),
                identity.bundle(),
                plugin.title(),
                plugin.contextOfUse(),
                equation,
                plugin.limitations(),
                List.of(),
                List.of(),
                plugin.parameters(),
                drugSection,
                drugNumbers,
                terms,
                List.of(),
                List.of(),
                plugin.references());
    }

    private static PluginCard solver(Entry<SolverDescription> entry) {
        SolverDescription d = entry.description();
        return new PluginCard(
                entry.identity().kind(),
                d.id(),
                entry.identity().version(),
                entry.identity().bundle(),
                d.title(),
                "",
                "Order in time " + d.order()
                        + (d.stable() ? ", stable for steps of any length" : ", stable for short steps")
                        + "; for " + words(d.kinds(), SolverKind::words)
                        + (d.features().isEmpty() ? "" : "; with " + words(d.features(), SolverFeature::words)),
                d.limitations(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                d.references());
    }

    private static PluginCard export(InstalledExporter exporter) {
        return of(
                new PluginIdentity(PluginKind.EXPORT, exporter.id(), exporter.version(), exporter.bundle(), ""),
                exporter.description(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static PluginCard sceneExport(InstalledSceneExporter exporter) {
        return of(
                new PluginIdentity(PluginKind.EXPORT, exporter.id(), exporter.version(), exporter.bundle(), ""),
                exporter.description().plugin(),
                "",
                List.of(),
                exporter.description().options(),
                List.of(),
                List.of());
    }

    private static <T> String words(Collection<T> items, Function<T, String> words) {
        return items.stream().map(words).sorted().collect(Collectors.joining(", "));
    }

    private static List<String> ports(Collection<EffectPort<?>> ports) {
        return ports.stream().map(EffectPort::name).sorted().toList();
    }

    static String word(PluginKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** A kind in the middle of a sentence. */
    static String words(PluginKind kind) {
        return switch (kind) {
            case GROWTH -> "growth model";
            case TREATMENT -> "treatment";
            case SOLVER -> "solver";
            case PHARMACOKINETICS -> "pharmacokinetic model";
            case TOXICITY -> "toxicity model";
            case EXPORT -> "exporter";
        };
    }

    static String heading(PluginKind kind) {
        return switch (kind) {
            case GROWTH -> "Growth models";
            case TREATMENT -> "Treatments";
            case SOLVER -> "Solvers";
            case PHARMACOKINETICS -> "Pharmacokinetic models";
            case TOXICITY -> "Toxicity models";
            case EXPORT -> "Exporters";
        };
    }

    /** Which plugin it is. */
    ObjectNode summary() {
        return JsonOutput.object()
                .put("id", id)
                .put("version", version)
                .put("title", title)
                .put("bundle", bundle);
    }

    /** Everything it tells. */
    ObjectNode details() {
        ObjectNode node = JsonOutput.object().put("kind", word(kind));
        node.setAll(summary());
        node.put("context_of_use", contextOfUse);
        node.put("equation", equation);
        texts(node, "limitations", limitations);
        ArrayNode starts = node.putArray("initial");
        initial.forEach(q -> starts.add(quantity(q)));
        ArrayNode takes = node.putArray("inputs");
        inputs.forEach(i -> takes.add(input(i)));
        ArrayNode numbers = node.putArray("parameters");
        parameters.forEach(p -> numbers.add(parameter(p)));
        if (!drugSection.isEmpty()) {
            node.put("drug_section", drugSection);
            ArrayNode ofDrugs = node.putArray("drug_numbers");
            drugNumbers.forEach(p -> ofDrugs.add(parameter(p)));
        }
        if (kind == PluginKind.TOXICITY) {
            texts(node, "grades", terms);
        }
        ArrayNode state = node.putArray("quantities");
        quantities.forEach(q -> state.add(quantity(q)));
        if (kind == PluginKind.GROWTH || kind == PluginKind.TREATMENT) {
            texts(node, kind == PluginKind.GROWTH ? "honours" : "drives", ports);
        }
        texts(node, "references", references);
        return node;
    }

    private static void texts(ObjectNode node, String key, List<String> texts) {
        ArrayNode list = node.putArray(key);
        texts.forEach(list::add);
    }

    private static ObjectNode quantity(Quantity quantity) {
        return JsonOutput.object()
                .put("name", quantity.name())
                .put("unit", quantity.unit())
                .put("kind", quantity.kind().name().toLowerCase(Locale.ROOT))
                .put("description", quantity.description());
    }

    private static ObjectNode input(InputDescription input) {
        ObjectNode node = JsonOutput.object()
                .put("name", input.name())
                .put("kind", input.kind().name().toLowerCase(Locale.ROOT))
                .put("unit", input.unit())
                .put("required", input.required());
        input.defaultText().ifPresent(text -> node.put("default", text));
        if (input.kind() == InputDescription.Kind.CHOICE) {
            texts(node, "choices", input.choices());
        } else {
            bounds(node, input.minimum(), input.maximum());
        }
        return node.put("description", input.description());
    }

    private static ObjectNode parameter(ParameterDescription parameter) {
        ObjectNode node = JsonOutput.object().put("name", parameter.name()).put("unit", parameter.unit());
        parameter.defaultValue().ifPresent(value -> node.put("default", value));
        bounds(node, parameter.minimum(), parameter.maximum());
        node.put("allowed", parameter.allowed());
        parameter.prior().ifPresent(prior -> node.set("prior", prior(prior)));
        return node.put("per_tissue", parameter.perTissue())
                .put("description", parameter.description())
                .put("source", parameter.source());
    }

    /** Bounds as JSON Schema has them: the smallest number above 0 stands for "above 0", and none for infinity. */
    private static void bounds(ObjectNode node, double minimum, double maximum) {
        if (minimum == Double.MIN_VALUE) {
            node.put("exclusiveMinimum", 0);
        } else if (Double.isFinite(minimum)) {
            node.put("minimum", minimum);
        }
        if (Double.isFinite(maximum)) {
            node.put("maximum", maximum);
        }
    }

    private static ObjectNode prior(Prior prior) {
        ObjectNode node = JsonOutput.object();
        return switch (prior.kind()) {
            case UNIFORM ->
                node.put("kind", "uniform").put("lower", prior.first()).put("upper", prior.second());
            case NORMAL ->
                node.put("kind", "normal").put("mean", prior.first()).put("standard_deviation", prior.second());
            case LOG_NORMAL ->
                node.put("kind", "log-normal").put("median", prior.first()).put("sigma", prior.second());
        };
    }

    /** Everything it tells, for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(id + " " + version + " - " + title);
        lines.add("Kind: " + word(kind) + ", bundle " + bundle);
        if (!contextOfUse.isEmpty()) {
            lines.add("Context of use: " + contextOfUse);
        }
        equation.lines().forEach(line -> lines.add("  " + line));
        section(lines, "Starts from (in initial)", initial.stream().map(PluginCard::line));
        section(lines, "Inputs", inputs.stream().flatMap(PluginCard::lines));
        section(lines, "Parameters", parameters.stream().flatMap(PluginCard::lines));
        section(
                lines,
                "Numbers of a drug (section " + drugSection + " of its file)",
                drugNumbers.stream().flatMap(PluginCard::lines));
        section(lines, "Grades adverse events", terms.stream());
        section(lines, "State", quantities.stream().map(PluginCard::line));
        section(lines, kind == PluginKind.GROWTH ? "Honours effects" : "Drives effects", ports.stream());
        section(lines, "Limitations", limitations.stream());
        section(lines, "References", references.stream());
        return lines;
    }

    private static void section(List<String> lines, String heading, Stream<String> content) {
        List<String> body = content.toList();
        if (!body.isEmpty()) {
            lines.add(heading + ":");
            body.forEach(line -> lines.add("  " + line));
        }
    }

    private static String line(Quantity quantity) {
        return quantity.name() + " [" + quantity.unit() + "]: " + quantity.description();
    }

    private static Stream<String> lines(InputDescription input) {
        String allowed =
                switch (input.kind()) {
                    case CHOICE -> "one of " + String.join(", ", input.choices());
                    case COUNT -> "a whole number, " + range(input);
                    case NUMBER -> "a number, " + range(input);
                    case QUANTITY -> "a number with a unit, " + range(input) + " " + input.unit();
                    case IMAGE -> "the path of an image in " + input.unit();
                    case DRUG -> "the name of a drug of the library or of the case's own drugs";
                    case WORD -> "lower-case words joined by hyphens";
                };
        String given = input.required()
                ? "required"
                : input.defaultText().map(text -> "default " + text).orElse("optional");
        return Stream.of(input.name() + " (" + given + "): " + allowed, "    " + input.description());
    }

    private static String range(InputDescription input) {
        return Double.isInfinite(input.maximum())
                ? Text.plain(input.minimum()) + " or more"
                : Text.plain(input.minimum()) + " to " + Text.plain(input.maximum());
    }

    private static Stream<String> lines(ParameterDescription parameter) {
        String given = parameter.defaultValue().isPresent()
                ? "default " + Text.plain(parameter.defaultValue().getAsDouble(), parameter.unit())
                : "required";
        String tissue = parameter.perTissue() ? ", one value or one per tissue class" : "";
        List<String> lines = new ArrayList<>(List.of(
                parameter.name() + " (" + given + "): " + parameter.allowed() + tissue,
                "    " + parameter.description()));
        parameter.prior().ifPresent(prior -> lines.add("    prior: " + words(prior, parameter.unit())));
        lines.add("    source: " + parameter.source());
        return lines.stream();
    }

    private static String words(Prior prior, String unit) {
        String first = Text.plain(prior.first(), unit);
        return switch (prior.kind()) {
            case UNIFORM -> "uniform from " + first + " to " + Text.plain(prior.second(), unit);
            case NORMAL -> "normal, mean " + first + ", standard deviation " + Text.plain(prior.second(), unit);
            case LOG_NORMAL ->
                "log-normal, median " + first + ", standard deviation of the logarithm " + Text.plain(prior.second());
        };
    }
}
