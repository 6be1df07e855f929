package org.oncotwin.solver.grid.scheme;

import java.util.OptionalDouble;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Field;

/**
 * What the method did.
 *
 * @param steps the steps taken
 * @param rejected steps tried and not taken
 * @param applications how often the diffusion operator was applied
 * @param error sum of the estimates of the relative error of the steps
 * @param longest longest step in days
 */
public record StepOutcome(StepSequence steps, long rejected, long applications, double error, double longest) {

    /**
     * The solution that it led to.
     *
     * @param solver id of the solver
     * @param largest upper bound of the density
     * @param density at the end, by voxel number; taken over, and brought into range if it leaves it
     * @param leaves true if a value is below 0 or above the bound
     */
    public ReactionDiffusionSolution solution(
            String solver, ReactionDiffusionProblem problem, double largest, double[] density, boolean leaves) {
        double moved = 0;
        if (leaves) {
            Confinement confinement = new Confinement(problem.medium(), largest, density);
            confinement.confine(density);
            moved = confinement.change();
        }
        return new ReactionDiffusionSolution(
                Field.owning(problem.grid(), density),
                steps,
                new SolverStatistics(
                        solver,
                        steps.count(),
                        rejected,
                        Math.max(applications, steps.count()),
                        OptionalDouble.of(problem.steps().relativeTolerance()),
                        OptionalDouble.of(error + moved),
                        longest));
    }
}
