package org.oncotwin.solver.ode;

import org.oncotwin.api.solver.OdeSystem;

/** What numbers are called in messages. */
record Names(OdeSystem system) {

    /** A component of the state or of a derivative of the solution, by its place among the values of a {@link Situation}. */
    String of(int index) {
        int n = system.dimension();
        return index < n
                ? system.name(index)
                : "the derivative of " + system.name(index % n) + " along direction " + (index / n - 1);
    }

    /** Number of the first value that is not finite, or -1. */
    static int firstNotFinite(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }
}
