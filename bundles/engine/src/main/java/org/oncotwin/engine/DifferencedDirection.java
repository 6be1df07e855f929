package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** Differences of the effects of courses, planned with one parameter a little changed. The courses may own state, on which the effects depend, but do not read the tumour. */
final class DifferencedDirection implements EffectDirection {

    private final Stencil stencil;
    private final List<World> worlds;
    private final List<CourseStates> states = new ArrayList<>();

    /**
     * Lets the courses run.
     *
     * @param worlds the run with the parameter at each point of the stencil
     */
    DifferencedDirection(Stencil stencil, List<World> worlds, List<SimulationTime> instants) {
        this.stencil = stencil;
        this.worlds = List.copyOf(worlds);
        worlds.forEach(world -> states.add(CourseStates.of(world, instants)));
    }

    @Override
    public EffectsDerivative at(int instant, State before, List<Effects> effects) {
        List<List<Effects>> changed = new ArrayList<>();
        for (int n = 0; n < worlds.size(); n++) {
            changed.add(worlds.get(n).dynamics().instantEffects(states.get(n).before(instant)));
        }
        return difference(changed, effects);
    }

    @Override
    public EffectsDerivative over(int instant, State state, Interval interval, List<Effects> effects) {
        List<List<Effects>> changed = new ArrayList<>();
        for (int n = 0; n < worlds.size(); n++) {
            changed.add(worlds.get(n).dynamics().effects(states.get(n).after(instant), interval));
        }
        return difference(changed, effects);
    }

    private EffectsDerivative difference(List<List<Effects>> changed, List<Effects> effects) {
        EffectsDerivative sum = EffectsDerivative.none();
        for (int course = 0; course < effects.size(); course++) {
            int number = course;
            List<Effects> ofCourse =
                    changed.stream().map(all -> all.get(number)).toList();
            EffectsDerivative derivative = LinearCombination.of(ofCourse, stencil.weights());
            sum = sum(sum, EffectDirection.combined(effects, course, derivative));
        }
        return sum;
    }

    /** A course may read the state of another, so more than one may change with a parameter. */
    private static EffectsDerivative sum(EffectsDerivative a, EffectsDerivative b) {
        EffectsDerivative sum = a;
        for (EffectPort<?> port : b.ports()) {
            sum = a.ports().contains(port) ? and(sum, port, a, b) : copy(sum, port, b);
        }
        return sum;
    }

    private static <T> EffectsDerivative copy(EffectsDerivative sum, EffectPort<T> port, EffectsDerivative b) {
        return sum.and(port, b.get(port));
    }

    private static <T> EffectsDerivative and(
            EffectsDerivative sum, EffectPort<T> port, EffectsDerivative a, EffectsDerivative b) {
        return sum.and(port, LinearCombination.sum(port, a.get(port), b.get(port)));
    }

    @Override
    public long bytes() {
        return states.stream().mapToLong(CourseStates::bytes).sum();
    }
}
