package org.oncotwin.solver.ode;

import org.oncotwin.api.solver.OdeProblem;

/**
 * Bounds of one integration.
 *
 * @param shortest shortest step in days, other than the last
 * @param longest longest step in days
 * @param relativeTolerance allowed local error relative to each component
 * @param absoluteTolerance allowed local error of each component
 */
record StepLimits(double shortest, double longest, double relativeTolerance, double absoluteTolerance) {

    /** Shortest step as a part of the interval; a solution that needs shorter ones has a singularity. */
    private static final double SHORTEST_PART = 1e-13;

    static StepLimits of(OdeProblem problem) {
        double days = problem.interval().days();
        return new StepLimits(
                SHORTEST_PART * days,
                days,
                problem.tolerance().relative(),
                // A component that stays 0 has no relative error; without this its error would be 0/0.
                Math.max(problem.tolerance().absolute(0), Double.MIN_NORMAL));
    }
}
