package org.oncotwin.change.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.Prior;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.change.plan.Difference.Kind;

/** Compares what two versions of a plugin say of themselves: their contract with cases, other plugins and people. */
public final class Descriptions {

    private final List<Difference> differences = new ArrayList<>();

    private Descriptions() {}

    /** Differences of two growth models. */
    public static List<Difference> between(GrowthModelDescription from, GrowthModelDescription to) {
        Descriptions d = new Descriptions();
        d.plugin(from.plugin(), to.plugin());
        d.text(Kind.EQUATION, "the equation", from.equation(), to.equation());
        d.quantities(Kind.INITIAL_QUANTITY, "initial quantity", from.initialQuantities(), to.initialQuantities());
        d.quantities(Kind.QUANTITY, "quantity", from.ownedQuantities(), to.ownedQuantities());
        d.set(Kind.EFFECT_PORT, "effect ports", from.honouredPorts(), to.honouredPorts(), port -> port.name());
        d.text(Kind.INITIAL_QUANTITY, "the need of anatomy", from.spatial(), to.spatial());
        d.text(Kind.STATE_SCHEMA, "the schema version of the state", from.schemaVersion(), to.schemaVersion());
        d.set(Kind.SOLVER, "needs of solvers", from.solverNeeds(), to.solverNeeds(), need -> need.words());
        return d.differences;
    }

    /** Differences of two treatments. */
    public static List<Difference> between(TreatmentModalityDescription from, TreatmentModalityDescription to) {
        Descriptions d = new Descriptions();
        d.plugin(from.plugin(), to.plugin());
        d.text(Kind.EQUATION, "the equation", from.equation(), to.equation());
        d.inputs(from.inputs(), to.inputs());
        d.quantities(Kind.QUANTITY, "quantity", from.ownedQuantities(), to.ownedQuantities());
        d.set(Kind.EFFECT_PORT, "effect ports", from.drivenPorts(), to.drivenPorts(), port -> port.name());
        d.text(Kind.STATE_SCHEMA, "the schema version of the state", from.schemaVersion(), to.schemaVersion());
        d.set(Kind.SOLVER, "needs of solvers", from.solverNeeds(), to.solverNeeds(), need -> need.words());
        return d.differences;
    }

    /** Differences of two solvers. */
    public static List<Difference> between(SolverDescription from, SolverDescription to) {
        Descriptions d = new Descriptions();
        d.text(Kind.TEXT, "the title", from.title(), to.title());
        d.text(Kind.TEXT, "the limitations", from.limitations(), to.limitations());
        d.text(Kind.TEXT, "the references", from.references(), to.references());
        d.text(Kind.EQUATION, "the order", from.order(), to.order());
        d.text(Kind.EQUATION, "the stability", from.stable(), to.stable());
        d.set(Kind.SOLVER, "kinds of problem", from.kinds(), to.kinds(), kind -> kind.words());
        d.set(Kind.SOLVER, "features", from.features(), to.features(), feature -> feature.words());
        return d.differences;
    }

    /** Differences of two pharmacokinetic models. */
    public static List<Difference> between(PharmacokineticModelDescription from, PharmacokineticModelDescription to) {
        Descriptions d = new Descriptions();
        d.plugin(from.plugin(), to.plugin());
        d.text(Kind.EQUATION, "the equation", from.equation(), to.equation());
        d.drugNumbers(from.drugSection(), to.drugSection(), from.drugParameters(), to.drugParameters());
        d.set(Kind.SOLVER, "needs of solvers", from.solverNeeds(), to.solverNeeds(), need -> need.words());
        return d.differences;
    }

    /** Differences of two toxicity models. */
    public static List<Difference> between(ToxicityModelDescription from, ToxicityModelDescription to) {
        Descriptions d = new Descriptions();
        d.plugin(from.plugin(), to.plugin());
        d.text(Kind.EQUATION, "the equation", from.equation(), to.equation());
        d.set(Kind.EQUATION, "graded events", from.terms(), to.terms(), term -> term);
        d.drugNumbers(from.drugSection(), to.drugSection(), from.drugParameters(), to.drugParameters());
        d.set(Kind.SOLVER, "needs of solvers", from.solverNeeds(), to.solverNeeds(), need -> need.words());
        return d.differences;
    }

    private void drugNumbers(
            String fromSection, String toSection, List<ParameterDescription> from, List<ParameterDescription> to) {
        text(Kind.INPUT_CHANGED, "the section of drugs", fromSection, toSection);
        parameters("number of a drug ", from, to);
    }

    private void plugin(PluginDescription from, PluginDescription to) {
        text(Kind.TEXT, "the title", from.title(), to.title());
        text(Kind.TEXT, "the context of use", from.contextOfUse(), to.contextOfUse());
        text(Kind.TEXT, "the limitations", from.limitations(), to.limitations());
        text(Kind.TEXT, "the references", from.references(), to.references());
        parameters("parameter ", from.parameters(), to.parameters());
    }

    private void parameters(String kind, List<ParameterDescription> from, List<ParameterDescription> to) {
        Map<String, ParameterDescription> before = byName(from, ParameterDescription::name);
        Map<String, ParameterDescription> after = byName(to, ParameterDescription::name);
        for (String name : union(before, after)) {
            parameter(kind + name, before.get(name), after.get(name));
        }
    }

    private void parameter(String what, ParameterDescription from, ParameterDescription to) {
        if (from == null) {
            add(
                    to.defaultValue().isPresent() ? Kind.PARAMETER_ADDED : Kind.PARAMETER_REMOVED,
                    what + " was added" + (to.defaultValue().isPresent() ? "" : " and every case must give it"));
        } else if (to == null) {
            add(Kind.PARAMETER_REMOVED, what + " is gone");
        } else {
            text(
                    // Without a default every case must give it, as if it were a new one.
                    to.defaultValue().isPresent() || from.defaultValue().isEmpty()
                            ? Kind.PARAMETER_DEFAULT
                            : Kind.PARAMETER_REMOVED,
                    "the default of " + what,
                    words(from.defaultValue(), from.unit()),
                    words(to.defaultValue(), to.unit()));
            text(Kind.PARAMETER_DEFAULT, "the prior of " + what, words(from.prior()), words(to.prior()));
            text(Kind.PARAMETER_RANGE, "the range of " + what, from.allowed(), to.allowed());
            text(Kind.PARAMETER_MEANING, "the unit of " + what, from.unit(), to.unit());
            text(Kind.PARAMETER_MEANING, "the values by tissue of " + what, from.perTissue(), to.perTissue());
            text(Kind.TEXT, "the description of " + what, from.description(), to.description());
            text(Kind.TEXT, "the source of " + what, from.source(), to.source());
        }
    }

    private void inputs(List<InputDescription> from, List<InputDescription> to) {
        Map<String, InputDescription> before = byName(from, InputDescription::name);
        Map<String, InputDescription> after = byName(to, InputDescription::name);
        for (String name : union(before, after)) {
            input("input " + name, before.get(name), after.get(name));
        }
    }

    private void input(String what, InputDescription from, InputDescription to) {
        if (from == null) {
            add(
                    to.required() ? Kind.INPUT_CHANGED : Kind.INPUT_ADDED,
                    what + " was added" + (to.required() ? " and every case must give it" : ""));
        } else if (to == null) {
            add(Kind.INPUT_CHANGED, what + " is gone");
        } else {
            text(Kind.INPUT_CHANGED, what, words(from), words(to));
            text(Kind.TEXT, "the description of " + what, from.description(), to.description());
        }
    }

    private static String words(InputDescription input) {
        String values =
                switch (input.kind()) {
                    case CHOICE -> "one of " + input.choices();
                    default -> "from " + input.minimum() + " to " + input.maximum() + " " + input.unit();
                };
        return input.kind().name().toLowerCase(Locale.ROOT) + " " + values + ", "
                + (input.required()
                        ? "required"
                        : input.defaultText().map(d -> "by default " + d).orElse("may be left out"));
    }

    private static String words(OptionalDouble value, String unit) {
        return value.isPresent() ? value.getAsDouble() + (unit.equals("1") ? "" : " " + unit) : "none";
    }

    private static String words(Optional<Prior> prior) {
        return prior.map(p -> p.kind().name().toLowerCase(Locale.ROOT) + "(" + p.first() + ", " + p.second() + ")")
                .orElse("none");
    }

    private void quantities(Kind kind, String what, List<Quantity> from, List<Quantity> to) {
        Map<String, Quantity> before = byName(from, Quantity::name);
        Map<String, Quantity> after = byName(to, Quantity::name);
        for (String name : union(before, after)) {
            if (before.get(name) == null) {
                add(kind, what + " " + words(after.get(name)) + " was added");
            } else if (after.get(name) == null) {
                add(kind, what + " " + words(before.get(name)) + " is gone");
            } else {
                text(kind, what + " " + name, words(before.get(name)), words(after.get(name)));
            }
        }
    }

    private static String words(Quantity q) {
        return q.kind().name().toLowerCase(Locale.ROOT) + " " + q.name() + " in " + q.unit() + " from " + q.minimum()
                + " to " + q.maximum();
    }

    private <T> void set(Kind kind, String what, Collection<T> from, Collection<T> to, Function<T, String> words) {
        text(kind, "the " + what, sorted(from, words), sorted(to, words));
    }

    private static <T> String sorted(Collection<T> items, Function<T, String> words) {
        return items.stream().map(words).sorted().collect(Collectors.joining(", ", "[", "]"));
    }

    private void text(Kind kind, String what, Object from, Object to) {
        if (!Objects.equals(from, to)) {
            add(kind, what + " was " + from + " and is " + to);
        }
    }

    private void add(Kind kind, String words) {
        differences.add(new Difference(kind, words));
    }

    private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
        return items.stream().collect(Collectors.toMap(name, item -> item, (a, b) -> a, TreeMap::new));
    }

    private static <T> TreeSet<String> union(Map<String, T> a, Map<String, T> b) {
        TreeSet<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        return names;
    }
}
