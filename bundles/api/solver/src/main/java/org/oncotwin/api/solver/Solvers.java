package org.oncotwin.api.solver;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The solvers that a run may use, chosen by the case or by service ranking. Everything solved through them is counted in the run's provenance and runs with the
 * run's threads and cancellation.
 */
@ProviderType
public interface Solvers {

    /**
     * Solves ordinary differential equations.
     *
     * @throws SolverException as {@link OdeSolver#solve}
     */
    OdeSolution solve(OdeProblem problem);

    /**
     * Solves independent problems side by side.
     *
     * @return the solutions in the order of the problems
     * @throws SolverException as {@link OdeSolver#solveAll}
     */
    List<OdeSolution> solveAll(List<OdeProblem> problems);

    /**
     * Solves a reaction-diffusion problem.
     *
     * @throws SolverException as {@link ReactionDiffusionSolver#solve}
     */
    ReactionDiffusionSolution solve(ReactionDiffusionProblem problem);

    /** True if {@link #pullBack} can be asked: the solver in use differentiates its own solutions. */
    default boolean canPullBack() {
        return false;
    }

    /**
     * Differentiates the solution of a reaction-diffusion problem.
     *
     * @throws SolverException as {@link DifferentiableReactionDiffusionSolver#pullBack}, and if the solver in use does not differentiate
     */
    default ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question) {
        throw new SolverException("the reaction-diffusion solver in use does not differentiate its solutions");
    }
}
