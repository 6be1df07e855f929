package org.oncotwin.api.solver;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A solver that differentiates its own solutions: its pull-back is the transpose of the derivative of the map that {@link #solve} computes with prescribed steps, exact to
 * rounding (a discrete adjoint), not a discretisation of the adjoint equation.
 */
@ConsumerType
public interface DifferentiableReactionDiffusionSolver extends ReactionDiffusionSolver {

    /**
     * Pulls the derivative of an objective from the end of an interval back to its start and to all that the solution depends on.
     *
     * @throws SolverException if the memory allowed is not enough, saying how much is
     * @throws java.util.concurrent.CancellationException within a second of being asked to stop
     */
    ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question, Execution execution);
}
