package org.oncotwin.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.report.Arm;
import org.oncotwin.report.ReportContent;

/**
 * How the result was made: parameters, software, solvers, provenance and limits.
 *
 * @param parameters every parameter; one line where arms agree
 * @param plugins every plugin
 * @param solvers solver use of each arm
 * @param solverWarnings what solvers warned of
 * @param arms names of the arms, columns of the provenance
 * @param provenance facts by arm
 * @param inputs hashes of input files
 * @param limitations what the plugins leave out
 */
record MethodsSection(
        List<Parameter> parameters,
        List<Plugin> plugins,
        List<Solver> solvers,
        List<String> solverWarnings,
        List<String> arms,
        List<Origin> provenance,
        List<Input> inputs,
        List<String> limitations) {

    /**
     * A parameter.
     *
     * @param participant plugin that takes it
     * @param name its name
     * @param value value with unit
     * @param ucum UCUM code of the unit
     * @param origin case or default
     * @param description what it is
     * @param source where its default comes from
     * @param usedBy arms
     */
    record Parameter(
            String participant,
            String name,
            String value,
            String ucum,
            String origin,
            String description,
            String source,
            String usedBy) {}

    /**
     * A plugin.
     *
     * @param kind what it is for
     * @param id its id
     * @param version its version
     * @param bundle its bundle
     * @param sha256 hash of the bundle
     * @param usedBy arms
     */
    record Plugin(String kind, String id, String version, String bundle, String sha256, String usedBy) {}

    /** A line of solver use; numbers as text. */
    record Solver(
            String arm,
            String solver,
            String calls,
            String steps,
            String rejected,
            String evaluations,
            String tolerance,
            String error,
            String longestStep) {}

    /**
     * A fact of the provenance.
     *
     * @param title what
     * @param hash true if it is a hash
     * @param values one per arm
     */
    record Origin(String title, boolean hash, List<String> values) {}

    /**
     * An input file.
     *
     * @param name its name in the case
     * @param sha256 its hash
     * @param usedBy arms
     */
    record Input(String name, String sha256, String usedBy) {}

    static MethodsSection of(ReportContent content) {
        List<Arm> arms = content.arms();
        List<Parameter> parameters = new ArrayList<>();
        users(arms, Provenance::parameters)
                .forEach((p, users) -> parameters.add(new Parameter(
                        p.participant(),
                        p.name(),
                        Text.quantity(Text.number(p.value(), Text.PARAMETER_DIGITS), p.unit()),
                        p.unit(),
                        p.origin(),
                        p.description(),
                        p.source(),
                        users)));
        List<Plugin> plugins = new ArrayList<>();
        users(arms, Provenance::plugins)
                .forEach((p, users) ->
                        plugins.add(new Plugin(kind(p), p.id(), p.version(), p.bundle(), p.sha256(), users)));
        List<Input> inputs = new ArrayList<>();
        users(arms, provenance -> List.copyOf(provenance.inputHashes().entrySet()))
                .forEach((file, users) -> inputs.add(new Input(file.getKey(), file.getValue(), users)));
        Set<String> limitations = new LinkedHashSet<>();
        List<Solver> solvers = new ArrayList<>();
        Set<String> warnings = new LinkedHashSet<>();
        for (Arm arm : arms) {
            limitations.addAll(arm.result().limitations());
            for (SolverUse use : arm.result().provenance().solvers()) {
                solvers.add(solver(arm.name(), use));
                use.warnings().forEach(warning -> warnings.add(use.solver() + " warned: " + warning));
            }
        }
        return new MethodsSection(
                parameters,
                plugins,
                solvers,
                List.copyOf(warnings),
                arms.stream().map(Arm::name).toList(),
                List.of(
                        origin("Seed of random numbers", false, arms, p -> Long.toString(p.seed())),
                        origin("Hash of the request", true, arms, Provenance::requestHash),
                        origin("Hash of the final state", true, arms, Provenance::stateHash),
                        origin("Engine", false, arms, Provenance::engineVersion),
                        origin("Hash of the engine", true, arms, Provenance::engineSha256),
                        origin("Java", false, arms, Provenance::javaVersion)),
                inputs,
                List.copyOf(limitations));
    }

    /** Each item with the arms that have it, in the order of first use. */
    private static <T> Map<T, String> users(List<Arm> arms, Function<Provenance, List<T>> items) {
        Map<T, Set<String>> users = new LinkedHashMap<>();
        for (Arm arm : arms) {
            for (T item : items.apply(arm.result().provenance())) {
                users.computeIfAbsent(item, i -> new LinkedHashSet<>()).add(arm.name());
            }
        }
        Map<T, String> text = new LinkedHashMap<>();
        users.forEach((item, names) ->
                text.put(item, names.size() == arms.size() && arms.size() > 1 ? "all" : String.join(", ", names)));
        return text;
    }

    private static String kind(PluginIdentity plugin) {
        return switch (plugin.kind()) {
            case GROWTH -> "growth";
            case TREATMENT -> "treatment";
            case SOLVER -> "solver";
            case PHARMACOKINETICS -> "pharmacokinetics";
            case TOXICITY -> "toxicity";
            case EXPORT -> "export";
        };
    }

    private static Solver solver(String arm, SolverUse use) {
        return new Solver(
                arm,
                use.solver(),
                Long.toString(use.calls()),
                Long.toString(use.steps()),
                Long.toString(use.rejectedSteps()),
                Long.toString(use.evaluations()),
                use.tolerance().isPresent() ? Text.number(use.tolerance().getAsDouble()) : "fixed steps",
                use.error().isPresent() ? Text.number(use.error().getAsDouble(), 2) : "not estimated",
                Text.quantity(use.longestStep(), "d"));
    }

    private static Origin origin(String title, boolean hash, List<Arm> arms, Function<Provenance, String> value) {
        return new Origin(
                title,
                hash,
                arms.stream().map(arm -> value.apply(arm.result().provenance())).toList());
    }
}
