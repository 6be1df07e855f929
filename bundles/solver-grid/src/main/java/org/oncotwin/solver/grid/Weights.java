package org.oncotwin.solver.grid;

import java.util.List;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;

/** Checks weights of sinks. */
final class Weights {

    private Weights() {}

    /**
     * Looks at every voxel of the medium.
     *
     * @throws SolverException naming the first voxel where a weight is negative or not finite
     */
    static void check(ReactionDiffusionProblem problem, List<Field> weights) {
        for (Field weight : weights) {
            for (int index = 0; index < problem.grid().size(); index++) {
                double w = weight.value(index);
                if (problem.medium().contains(index) && (!(w >= 0) || w == Double.POSITIVE_INFINITY)) {
                    throw new SolverException(
                            "on day " + problem.interval().start().days()
                                    + " the weight of a kill rate is " + w + " at voxel "
                                    + Tiles.place(problem.grid(), index) + "; it must be finite and not negative");
                }
            }
        }
    }
}
