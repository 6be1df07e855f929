package org.oncotwin.solver.ode;

import java.util.OptionalDouble;

/**
 * Bounds of one leg.
 *
 * @param shortest shortest step in days, other than the last
 * @param longest longest step in days
 * @param scale allowed errors
 */
record StepLimits(double shortest, double longest, ErrorScale scale) {

    /** Shortest step as a part of the leg; a solution that needs shorter ones has a singularity. */
    private static final double SHORTEST_PART = 1e-13;

    static StepLimits of(double days, OptionalDouble largestStep, ErrorScale scale) {
        double longest = Math.min(days, largestStep.orElse(days));
        return new StepLimits(Math.min(SHORTEST_PART * days, longest), longest, scale);
    }
}
