package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.State;

/** How the combined effects of all courses change with one parameter of a treatment. */
interface EffectDirection {

    /**
     * At an instant of the timeline.
     *
     * @param instant number of the instant
     * @param before state just before
     * @param effects what each course does there
     */
    EffectsDerivative at(int instant, State before, List<Effects> effects);

    /**
     * Over the interval that follows an instant of the timeline.
     *
     * @param instant number of the instant
     * @param state state at its start
     * @param effects what each course does over it
     */
    EffectsDerivative over(int instant, State state, Interval interval, List<Effects> effects);

    /** Memory that it keeps, about. */
    default long bytes() {
        return 0;
    }

    /** Derivative of combined effects, of which those of one course change: by the product rule of each port. */
    static EffectsDerivative combined(List<Effects> effects, int course, EffectsDerivative derivative) {
        EffectsDerivative sum = EffectsDerivative.none();
        for (EffectPort<?> port : derivative.ports()) {
            sum = and(sum, port, effects, course, derivative);
        }
        return sum;
    }

    private static <T> EffectsDerivative and(
            EffectsDerivative sum,
            EffectPort<T> port,
            List<Effects> effects,
            int course,
            EffectsDerivative derivative) {
        List<T> values = new ArrayList<>();
        effects.forEach(e -> values.add(e.get(port)));
        return sum.and(port, port.combineDerivative(values, course, derivative.get(port)));
    }
}
