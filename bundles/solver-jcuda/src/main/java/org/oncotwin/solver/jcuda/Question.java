package org.oncotwin.solver.jcuda;

import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.ReactionFlow;
import org.oncotwin.solver.grid.scheme.Splitting;

/**
 * A problem that has been checked, with what the scheme makes of it.
 *
 * @param problem the problem
 * @param flow its reaction
 * @param splitting the method of one step
 * @param largest largest density at the start
 */
record Question(ReactionDiffusionProblem problem, ReactionFlow flow, Splitting splitting, double largest) {

    /**
     * A problem on a medium.
     *
     * @throws SolverException naming the first voxel where the density or a weight is negative or not finite
     */
    static Question of(ReactionDiffusionProblem problem, DeviceMedium medium) {
        ReactionFlow flow = new ReactionFlow(problem, medium.rates());
        double largest = largest(problem, medium.layout(), problem.initial(), "the initial density");
        for (Field weight : flow.weights()) {
            largest(problem, medium.layout(), weight, "the weight of a kill rate");
        }
        return new Question(problem, flow, new Splitting(problem, flow, medium.largestLoss()), largest);
    }

    private static double largest(ReactionDiffusionProblem problem, BoxLayout layout, Field field, String what) {
        double[] largest = new double[1];
        layout.forEach((index, place) -> {
            double value = field.value(index);
            if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                throw new SolverException("on day " + problem.interval().start().days() + " " + what + " is " + value
                        + " at voxel " + BoxLayout.describe(problem.grid(), index)
                        + "; it must be finite and not negative");
            }
            largest[0] = Math.max(largest[0], value);
        });
        return largest[0];
    }
}
