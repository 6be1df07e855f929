package org.oncotwin.api.solver;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Solves reaction-diffusion problems on grids. A service; it keeps no state between calls and may be called from several threads. The result has the same bits for
 * any number of threads.
 */
@ConsumerType
public interface ReactionDiffusionSolver {

    /** What it can do. */
    SolverDescription description();

    /**
     * Solves a problem.
     *
     * @throws SolverException naming time and voxel if a value is not finite
     * @throws java.util.concurrent.CancellationException within a second of being asked to stop
     */
    ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, Execution execution);
}
