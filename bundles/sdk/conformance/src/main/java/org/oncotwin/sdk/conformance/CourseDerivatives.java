package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.DifferentiableCourse;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;

/** Holds the derivatives that a course offers against differences of its effects. */
final class CourseDerivatives {

    private final Function<Parameters, Course> plan;
    private final List<ParameterDescription> descriptions;
    private final Parameters parameters;
    private final int voxels;

    /**
     * Of a modality.
     *
     * @param voxels number of voxels of the anatomy, 1 without one
     */
    CourseDerivatives(
            Function<Parameters, Course> plan,
            List<ParameterDescription> descriptions,
            Parameters parameters,
            int voxels) {
        this.plan = plan;
        this.descriptions = descriptions;
        this.parameters = parameters;
        this.voxels = voxels;
    }

    /** At a breakpoint. */
    void assertAgreeAt(State state, DifferentiableCourse course) {
        for (String name : course.differentiableParameters()) {
            assertAgree(
                    name,
                    course.instantEffectsDerivative(state, name),
                    changed -> changed.instantEffects(state),
                    "at " + state.time());
            assertThat(planned(name, other(name)).act(state))
                    .as("own state at %s with another %s", state.time(), name)
                    .isEqualTo(course.act(state));
        }
    }

    /** Over an interval. */
    void assertAgreeOver(State state, Interval interval, DifferentiableCourse course, double... days) {
        for (String name : course.differentiableParameters()) {
            assertAgree(
                    name,
                    course.effectsDerivative(state, interval, name),
                    changed -> changed.effects(state, interval),
                    "from " + state.time(),
                    days);
            assertThat(planned(name, other(name)).advance(state, interval))
                    .as("own state from %s with another %s", state.time(), name)
                    .isEqualTo(course.advance(state, interval));
        }
    }

    /** Breakpoints and own state must not depend on the parameters. */
    void assertTimelineStays(Interval horizon, DifferentiableCourse course) {
        for (String name : course.differentiableParameters()) {
            Course changed = planned(name, other(name));
            assertThat(changed.breakpoints(horizon))
                    .as("breakpoints with another %s", name)
                    .isEqualTo(course.breakpoints(horizon));
            assertThat(changed.initial(horizon.start()))
                    .as("own state with another %s", name)
                    .isEqualTo(course.initial(horizon.start()));
        }
    }

    private void assertAgree(
            String name, EffectsDerivative offered, Function<Course, Effects> effects, String when, double... days) {
        Course planned = plan.apply(parameters);
        Effects unchanged = effects.apply(planned);
        Set<EffectPort<?>> ports = new TreeSet<>((a, b) -> a.name().compareTo(b.name()));
        ports.addAll(unchanged.ports());
        ports.addAll(offered.ports());
        double at = parameters.values().get(name);
        for (EffectPort<?> port : ports) {
            double[] derivative = numbers(offered.get(port), days);
            double[] values = numbers(unchanged.get(port), days);
            for (int n = 0; n < derivative.length; n++) {
                int number = n;
                double differenced = Differences.of(
                        description(name),
                        at,
                        changed -> numbers(effects.apply(planned(name, changed)).get(port), days)[number]);
                Differences.assertAgree(
                        derivative[n],
                        differenced,
                        at == 0 ? values[n] : values[n] / at,
                        port + " " + when + " by " + name);
            }
        }
    }

    private Course planned(String name, double value) {
        SortedMap<String, Double> values = new TreeMap<>(parameters.values());
        values.put(name, value);
        return plan.apply(new Parameters(values));
    }

    /** Another value within the bounds. */
    private double other(String name) {
        ParameterDescription description = description(name);
        double at = parameters.values().get(name);
        return at < description.maximum()
                ? Math.min(description.maximum(), at * 1.1 + 1e-6)
                : at - 0.1 * (at - description.minimum());
    }

    private ParameterDescription description(String name) {
        return descriptions.stream()
                .filter(d -> name.equals(d.name()) || name.startsWith(d.name() + "."))
                .findFirst()
                .orElseThrow();
    }

    /** Values at days and integrals between them; in space, at about ten voxels. */
    private double[] numbers(Object effect, double... days) {
        List<Double> numbers = new ArrayList<>();
        int stride = Math.max(1, voxels / 10);
        for (int voxel = 0; voxel < voxels; voxel += stride) {
            if (effect instanceof SpatialValue value) {
                numbers.add(value.at(voxel));
            } else if (effect instanceof TimeFunction function) {
                add(numbers, function, 1, days);
            } else {
                double[] sum = new double[2 * days.length - 1];
                for (KillRate.Term term : ((KillRate) effect).terms()) {
                    List<Double> ofTerm = new ArrayList<>();
                    add(ofTerm, term.rate(), term.weight().at(voxel), days);
                    for (int n = 0; n < sum.length; n++) {
                        sum[n] += ofTerm.get(n);
                    }
                }
                for (double number : sum) {
                    numbers.add(number);
                }
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void add(List<Double> numbers, TimeFunction function, double weight, double... days) {
        for (double day : days) {
            numbers.add(weight * function.at(day));
        }
        for (int i = 1; i < days.length; i++) {
            numbers.add(weight * function.integral(days[i - 1], days[i]));
        }
    }
}
