package org.oncotwin.engine;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Finds courses whose effects depend on the tumour although they say nothing of it: what they do in the run must be what they do when the tumour is not shown to them. Through such a course an
 * objective depends on parameters in a way that the sweep back does not see.
 */
final class TumourDependence {

    private final World world;
    private final CourseStates alone;

    /**
     * For a run.
     *
     * @param alone the courses of the run without the tumour
     */
    TumourDependence(World world, CourseStates alone) {
        this.world = world;
        this.alone = alone;
    }

    /** Says that a course depends on the tumour. */
    static final class Found extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Found(String message) {
            super(message);
        }
    }

    /** Memory that it keeps, about. */
    long bytes() {
        return alone.bytes();
    }

    /** At an instant of the timeline. */
    void check(int instant, State before, List<Effects> effects) {
        State without = alone.before(instant);
        compare(before, effects, without, world.dynamics().instantEffects(without), Optional.empty());
    }

    /** Over the interval that follows an instant of the timeline. */
    void check(int instant, State state, Interval interval, List<Effects> effects) {
        State without = alone.after(instant);
        compare(state, effects, without, world.dynamics().effects(without, interval), Optional.of(interval));
    }

    private void compare(
            State with, List<Effects> effects, State without, List<Effects> others, Optional<Interval> interval) {
        for (int course = 0; course < effects.size(); course++) {
            String label = world.participants().courses().get(course).label();
            List<StateComponent> own = with.ownedBy(label);
            if (!own.equals(without.ownedBy(label)) || !same(effects.get(course), others.get(course), interval)) {
                throw new Found("what " + label + " does at " + with.time() + " depends on the state of the tumour");
            }
        }
    }

    private static boolean same(Effects a, Effects b, Optional<Interval> interval) {
        return a.ports().equals(b.ports()) && a.ports().stream().allMatch(port -> same(port, a, b, interval));
    }

    private static boolean same(EffectPort<?> port, Effects a, Effects b, Optional<Interval> interval) {
        Object one = a.get(port);
        Object other = b.get(port);
        if (one instanceof TimeFunction f && other instanceof TimeFunction g) {
            return same(f, g, interval.orElseThrow());
        }
        if (one instanceof KillRate k && other instanceof KillRate l) {
            return same(k, l, interval.orElseThrow());
        }
        return one.equals(other);
    }

    private static boolean same(KillRate a, KillRate b, Interval interval) {
        if (a.terms().size() != b.terms().size()) {
            return false;
        }
        for (int t = 0; t < a.terms().size(); t++) {
            KillRate.Term one = a.terms().get(t);
            KillRate.Term other = b.terms().get(t);
            if (!one.weight().equals(other.weight()) || !same(one.rate(), other.rate(), interval)) {
                return false;
            }
        }
        return true;
    }

    /** Functions of time cannot be compared; their integrals over the interval and its first half can. */
    private static boolean same(TimeFunction a, TimeFunction b, Interval interval) {
        double from = interval.start().days();
        double to = interval.end().days();
        double middle = from + (to - from) / 2;
        return a.integral(from, to) == b.integral(from, to) && a.integral(from, middle) == b.integral(from, middle);
    }
}
