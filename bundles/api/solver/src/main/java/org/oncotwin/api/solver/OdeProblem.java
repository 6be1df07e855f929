package org.oncotwin.api.solver;

import org.oncotwin.api.twin.Interval;

/**
 * An initial value problem without events inside: whoever asks splits time at events.
 *
 * @param system the equations
 * @param interval from the initial state to the wanted one
 * @param initial the initial state; the array is not written
 * @param relativeTolerance allowed local error relative to each component, above 0
 * @param absoluteTolerance allowed local error of each component, in its unit, at least 0
 */
public record OdeProblem(
        OdeSystem system, Interval interval, double[] initial, double relativeTolerance, double absoluteTolerance) {

    /** Checks sizes and tolerances and copies the initial state. */
    public OdeProblem {
        if (initial.length != system.dimension()) {
            throw new IllegalArgumentException(
                    "initial state of " + initial.length + " numbers for " + system.dimension() + " equations");
        }
        if (!(relativeTolerance > 0)
                || !(absoluteTolerance >= 0)
                || Double.isInfinite(relativeTolerance)
                || Double.isInfinite(absoluteTolerance)) {
            throw new IllegalArgumentException("tolerances " + relativeTolerance + " and " + absoluteTolerance);
        }
        initial = initial.clone();
    }

    @Override
    public double[] initial() {
        return initial.clone();
    }
}
