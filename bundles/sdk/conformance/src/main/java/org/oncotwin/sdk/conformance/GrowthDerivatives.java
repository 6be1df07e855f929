package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.AdvancePullBack;
import org.oncotwin.api.growth.DifferentiableGrowthProcess;
import org.oncotwin.api.growth.GrowthGradient;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.growth.StateDerivative;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/** Holds the pull-backs of a growth process against differences of what it does, with an objective that weighs every number of the state differently. */
final class GrowthDerivatives {

    private static final long MEMORY = 1L << 28;

    /** A process with parameters, whose solvers take given steps again. */
    interface Binding {
        GrowthProcess bind(Parameters parameters, List<StepSequence> steps);
    }

    private final Binding binding;
    private final List<ParameterDescription> descriptions;
    private final Parameters parameters;
    private final List<Observation> observations;
    private final DifferentiableGrowthProcess process;

    GrowthDerivatives(
            Binding binding,
            List<ParameterDescription> descriptions,
            Parameters parameters,
            List<Observation> observations) {
        this.binding = binding;
        this.descriptions = descriptions;
        this.parameters = parameters;
        this.observations = observations;
        this.process = (DifferentiableGrowthProcess) binding.bind(parameters, List.of());
    }

    /** Through the initial state. */
    void assertInitialAgrees(SimulationTime time) {
        List<StateComponent> initial = process.initial(time, observations);
        GrowthGradient gradient = process.pullBackInitial(time, observations, cotangent(initial));
        double sum = 0;
        for (Observation seen : observations) {
            sum += product(gradient.state(), seen);
        }
        DoubleUnaryOperator scaled = change -> objective(process.initial(time, scaled(observations, change)));
        Differences.assertAgree(sum, Differences.atZero(scaled), objective(initial), "initial, to what was seen");
        assertParametersAgree(
                gradient,
                List.of(),
                objective(initial),
                "initial",
                changed -> objective(changed.initial(time, observations)));
    }

    /** Through an interval, with steps that were taken in it. */
    void assertAdvanceAgrees(State before, Interval interval, Effects effects, List<StepSequence> steps) {
        List<EffectPort<?>> ports = new ArrayList<>(effects.ports());
        List<EffectsDerivative> directions =
                ports.stream().map(port -> direction(effects, port)).toList();
        GrowthProcess repeating = binding.bind(parameters, steps);
        List<StateComponent> after = repeating.advance(before, interval, effects);
        GrowthGradient gradient = process.pullBackAdvance(
                new AdvancePullBack(before, interval, effects, steps, cotangent(after), directions, true, MEMORY));
        assertThat(gradient.maps().keySet()).as("maps of advance").isEqualTo(process.maps());
        BiFunction<State, Effects, Double> value =
                (state, acting) -> objective(binding.bind(parameters, steps).advance(state, interval, acting));
        assertAgrees(gradient, before, effects, ports, objective(after), "advance", value);
        assertParametersAgree(
                gradient,
                steps,
                objective(after),
                "advance",
                changed -> objective(changed.advance(before, interval, effects)));
    }

    /** Through instant effects. */
    void assertRespondAgrees(State before, Effects effects) {
        List<EffectPort<?>> ports = new ArrayList<>(effects.ports());
        List<EffectsDerivative> directions =
                ports.stream().map(port -> direction(effects, port)).toList();
        List<StateComponent> after = process.respond(before, effects);
        GrowthGradient gradient = process.pullBackRespond(before, effects, directions, cotangent(after));
        assertAgrees(
                gradient,
                before,
                effects,
                ports,
                objective(after),
                "respond",
                (state, acting) -> objective(process.respond(state, acting)));
        assertParametersAgree(
                gradient,
                List.of(),
                objective(after),
                "respond",
                changed -> objective(changed.respond(before, effects)));
    }

    /** Of each observable that is not refused; a refusal gives its reason. */
    void assertObserveAgrees(State state) {
        process.observe(state).forEach((quantity, value) -> {
            GrowthGradient gradient;
            try {
                gradient = process.pullBackObserve(state, quantity);
            } catch (InvalidInputException refusal) {
                assertThat(refusal.problem()).isNotBlank();
                return;
            }
            DoubleUnaryOperator scaled =
                    change -> process.observe(scaled(state, change)).get(quantity);
            String what = "observe " + quantity.name();
            Differences.assertAgree(product(gradient.state(), state), Differences.atZero(scaled), value, what);
            assertParametersAgree(gradient, List.of(), value, what, changed -> changed.observe(state)
                    .get(quantity));
        });
    }

    private void assertAgrees(
            GrowthGradient gradient,
            State before,
            Effects effects,
            List<EffectPort<?>> ports,
            double scale,
            String what,
            BiFunction<State, Effects, Double> value) {
        Differences.assertAgree(
                product(gradient.state(), before),
                Differences.atZero(change -> value.apply(scaled(before, change), effects)),
                scale,
                what + ", to the state before");
        assertThat(gradient.directions()).as("%s: directions", what).hasSameSizeAs(ports);
        for (int n = 0; n < ports.size(); n++) {
            EffectPort<?> port = ports.get(n);
            Differences.assertAgree(
                    gradient.directions().get(n),
                    Differences.atZero(change -> value.apply(before, scaled(effects, port, change))),
                    scale,
                    what + ", to the effect at " + port);
        }
    }

    private interface Value {
        double of(GrowthProcess process);
    }

    private void assertParametersAgree(
            GrowthGradient gradient, List<StepSequence> steps, double scale, String what, Value value) {
        assertThat(process.differentiableParameters())
                .as("%s: parameters with a derivative", what)
                .containsAll(gradient.parameters().keySet());
        for (String name : process.differentiableParameters()) {
            double at = parameters.values().get(name);
            ParameterDescription description = descriptions.stream()
                    .filter(d -> name.equals(d.name()) || name.startsWith(d.name() + "."))
                    .findFirst()
                    .orElseThrow();
            double differenced = Differences.of(description, at, changed -> {
                SortedMap<String, Double> values = new TreeMap<>(parameters.values());
                values.put(name, changed);
                return value.of(binding.bind(new Parameters(values), steps));
            });
            Differences.assertAgree(
                    gradient.parameters().getOrDefault(name, 0.0),
                    differenced,
                    at == 0 ? scale : scale / at,
                    what + ", to " + name);
        }
    }

    // ---- An objective that tells voxels apart ----

    private static double weight(int index) {
        return 1.5 + StrictMath.sin(index);
    }

    private static double objective(List<StateComponent> components) {
        double sum = 0;
        for (StateComponent component : components) {
            if (component instanceof ScalarComponent s) {
                sum += s.value();
            } else if (component instanceof FieldComponent f) {
                sum += weighted(f.field());
            }
        }
        return sum;
    }

    private static double weighted(Field field) {
        double sum = 0;
        for (int index = 0; index < field.grid().size(); index++) {
            sum += weight(index) * field.value(index);
        }
        return sum;
    }

    private static StateDerivative cotangent(List<StateComponent> components) {
        StateDerivative cotangent = StateDerivative.ZERO;
        for (StateComponent component : components) {
            if (component instanceof ScalarComponent s) {
                cotangent = cotangent.plus(StateDerivative.of(s.quantity(), 1));
            } else if (component instanceof FieldComponent f) {
                double[] weights = new double[f.field().grid().size()];
                for (int index = 0; index < weights.length; index++) {
                    weights[index] = weight(index);
                }
                cotangent = cotangent.plus(
                        StateDerivative.of(f.quantity(), Field.owning(f.field().grid(), weights)));
            }
        }
        return cotangent;
    }

    // ---- Relative changes: by the change times a pattern for fields, so that nothing falls below 0 ----

    private static double pattern(int index) {
        return 0.5 + 0.25 * StrictMath.cos(3.0 * index);
    }

    private static Field scaled(Field field, double change) {
        double[] values = field.toArray();
        for (int index = 0; index < values.length; index++) {
            values[index] *= 1 + change * pattern(index);
        }
        return Field.owning(field.grid(), values);
    }

    private static State scaled(State state, double change) {
        List<StateComponent> scaled = new ArrayList<>();
        for (StateComponent component : state.components().values()) {
            if (component instanceof ScalarComponent s) {
                scaled.add(new ScalarComponent(s.quantity(), s.owner(), s.schemaVersion(), s.value() * (1 + change)));
            } else if (component instanceof FieldComponent f) {
                scaled.add(new FieldComponent(f.quantity(), f.owner(), f.schemaVersion(), scaled(f.field(), change)));
            }
        }
        return state.with(scaled);
    }

    private static List<Observation> scaled(List<Observation> observations, double change) {
        List<Observation> scaled = new ArrayList<>();
        for (Observation seen : observations) {
            if (seen instanceof Observation.Scalar s) {
                scaled.add(new Observation.Scalar(s.quantity(), s.time(), s.value() * (1 + change), s.noise()));
            } else if (seen instanceof Observation.Image i) {
                scaled.add(new Observation.Image(i.quantity(), i.time(), scaled(i.value(), change), i.noise()));
            }
        }
        return scaled;
    }

    private static double product(StateDerivative derivative, State state) {
        double sum = 0;
        for (StateComponent component : state.components().values()) {
            if (component instanceof ScalarComponent s) {
                sum += derivative.scalar(s.quantity()) * s.value();
            } else if (component instanceof FieldComponent f) {
                sum += product(derivative.field(f.quantity(), f.field()), f.field());
            }
        }
        return sum;
    }

    private static double product(StateDerivative derivative, Observation seen) {
        if (seen instanceof Observation.Scalar s) {
            return derivative.scalar(s.quantity()) * s.value();
        }
        Observation.Image image = (Observation.Image) seen;
        return product(derivative.field(image.quantity(), image.value()), image.value());
    }

    private static double product(Field derivative, Field field) {
        double sum = 0;
        for (int index = 0; index < field.grid().size(); index++) {
            sum += derivative.value(index) * field.value(index) * pattern(index);
        }
        return sum;
    }

    // ---- Effects times 1 - change: fractions stay fractions ----

    private static Effects scaled(Effects effects, EffectPort<?> port, double change) {
        Object effect = effects.get(port);
        double factor = 1 - change;
        if (effect instanceof SpatialValue value) {
            return effects.and(cast(port), value.times(SpatialValue.uniform(factor)));
        }
        if (effect instanceof TimeFunction function) {
            return effects.and(cast(port), times(function, factor));
        }
        return effects.and(EffectPort.KILL_RATE, times((KillRate) effect, factor));
    }

    private static EffectsDerivative direction(Effects effects, EffectPort<?> port) {
        Object effect = effects.get(port);
        if (effect instanceof SpatialValue value) {
            return EffectsDerivative.of(cast(port), value.times(SpatialValue.uniform(-1)));
        }
        if (effect instanceof TimeFunction function) {
            return EffectsDerivative.of(cast(port), times(function, -1));
        }
        return EffectsDerivative.of(EffectPort.KILL_RATE, times((KillRate) effect, -1));
    }

    private static TimeFunction times(TimeFunction function, double factor) {
        return TimeFunction.product(List.of(function, TimeFunction.constant(factor)));
    }

    private static KillRate times(KillRate rate, double factor) {
        return new KillRate(rate.terms().stream()
                .map(t -> new KillRate.Term(times(t.rate(), factor), t.weight()))
                .toList());
    }

    @SuppressWarnings("unchecked") // the effect that came out of the port tells its type
    private static <T> EffectPort<T> cast(EffectPort<?> port) {
        return (EffectPort<T>) port;
    }
}
