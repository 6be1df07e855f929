package org.oncotwin.api.solver;

import java.util.List;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.TimeFunction;

/**
 * What the derivative of a solution is asked for.
 *
 * @param problem the problem, with its steps prescribed
 * @param cotangent derivative of the objective with respect to u at the end, per voxel
 * @param directions derivatives of the treatments with respect to parameters, for each of which the derivative of the objective is wanted
 * @param maps true if derivatives with respect to D and rho of every voxel are wanted
 * @param memory bytes that may be used to keep states of the solution; with less, more is computed again
 */
public record ReactionDiffusionPullBack(
        ReactionDiffusionProblem problem, Field cotangent, List<Direction> directions, boolean maps, long memory) {

    /**
     * Derivative of what treatments do with respect to one parameter p.
     *
     * @param proliferationFactor df/dp
     * @param sinks terms whose sum is the derivative of the sum of the kill rates; unlike in a problem, rates and weights may be negative
     */
    public record Direction(TimeFunction proliferationFactor, List<Sink> sinks) {

        /** Makes the list immutable. */
        public Direction {
            sinks = List.copyOf(sinks);
        }
    }

    /** Checks that steps are prescribed and sizes fit. */
    public ReactionDiffusionPullBack {
        directions = List.copyOf(directions);
        if (problem.steps().prescribed().isEmpty()) {
            throw new IllegalArgumentException("steps must be prescribed: those of the solution to differentiate");
        }
        if (cotangent.grid().size() != problem.grid().size()) {
            throw new IllegalArgumentException("the cotangent lies on "
                    + cotangent.grid().describe() + ", the density on "
                    + problem.grid().describe());
        }
    }
}
