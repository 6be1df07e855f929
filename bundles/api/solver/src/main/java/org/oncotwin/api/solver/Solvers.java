package org.oncotwin.api.solver;

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
     * Solves a reaction-diffusion problem.
     *
     * @throws SolverException as {@link ReactionDiffusionSolver#solve}
     */
    ReactionDiffusionSolution solve(ReactionDiffusionProblem problem);
}
