package org.oncotwin.api.solver;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Solves reaction-diffusion problems on grids. A service; it keeps nothing between calls that could change a result and may be called from several threads. The result has
 * the same bits for any number of threads.
 */
@ConsumerType
public interface ReactionDiffusionSolver {

    /** What it can do. */
    SolverDescription description();

    /**
     * Solves a problem.
     *
     * @throws SolverException naming time and voxel if a value is not finite; or if the solver cannot do what the medium asks for, such as diffusion along directions
     * @throws java.util.concurrent.CancellationException within a second of being asked to stop
     */
    ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, Execution execution);

    /**
     * Solves independent problems, such as the members of an ensemble. Each solution has the bits that {@link #solve} gives; a solver overrides this to share work between
     * the problems and to spread them over the threads.
     *
     * @return the solutions in the order of the problems
     */
    default List<ReactionDiffusionSolution> solveAll(List<ReactionDiffusionProblem> problems, Execution execution) {
        return problems.stream().map(problem -> solve(problem, execution)).toList();
    }
}
