package org.oncotwin.solver.linear;

import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCondition.Crossing;
import org.oncotwin.api.solver.SolverException;

/**
 * One condition under watch. It is met where its function comes to the other side of 0, or onto 0 from a side. A function that is 0 where a segment starts is on no side
 * until it has left 0.
 */
final class Watch {

    /** Times that a condition may be met in one solution. */
    static final int MOST_CROSSINGS = 1000;

    final OdeCondition condition;
    private int side;
    private double last;
    private double met;
    private int crossings;

    Watch(OdeCondition condition) {
        this.condition = condition;
    }

    /** Begins a segment with the value there. */
    void begin(double value) {
        side = (int) Math.signum(value);
        last = value;
    }

    /** Takes note of the value where the solver stops, before any change there. */
    void meets(double value) {
        met = value;
    }

    /**
     * Begins a segment right after the condition's own change. If the value is no farther from 0 than before the change, that is the same meeting: on which side it is is
     * a matter of the tolerance.
     */
    void beginAfterChange(double value) {
        begin(value);
        if (Math.abs(value) <= Math.abs(met)) {
            side = 0;
        }
    }

    /** True if the solution changes or ends where it is met. */
    boolean stops() {
        return condition.ends() || condition.change().isPresent();
    }

    /** True if a value further on means that the condition was met in between. */
    boolean isMetBefore(double value) {
        return side < 0 && value >= 0 && condition.crossing() != Crossing.FALLING
                || side > 0 && value <= 0 && condition.crossing() != Crossing.RISING;
    }

    /** Goes on to a value. */
    void pass(double value) {
        side = (int) Math.signum(value);
        last = value;
    }

    /** The latest value. */
    double last() {
        return last;
    }

    /** Counts one more time that it was met. */
    void count(double day) {
        crossings++;
        if (crossings > MOST_CROSSINGS) {
            throw new SolverException("the condition '" + condition.name() + "' was met for the " + crossings
                    + "th time at day " + day + "; allowed is at most " + MOST_CROSSINGS + " times");
        }
    }
}
