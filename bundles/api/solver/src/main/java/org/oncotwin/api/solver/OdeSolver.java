package org.oncotwin.api.solver;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Solves ordinary differential equations. A service; it keeps no state between calls that could change a result and may be called from several threads.
 *
 * <p>Between two events a solution depends on nothing but the state, the parameters and the time there, so that a run that is stopped at an event and started again from
 * the state that it reached gives the same bits as one that went through.
 */
@ConsumerType
public interface OdeSolver {

    /** What it can do. */
    SolverDescription description();

    /**
     * Solves a problem.
     *
     * @throws SolverException naming time, component and step if a value is not finite, the step becomes too small or there are too many; or if the solver lacks what the problem asks for
     * @throws java.util.concurrent.CancellationException within a second of being asked to stop
     */
    OdeSolution solve(OdeProblem problem, Execution execution);

    /**
     * Solves independent problems, such as the patients of a cohort. Each solution has the bits that {@link #solve} gives; a solver overrides this to spread them over the threads.
     *
     * @return the solutions in the order of the problems
     * @throws SolverException of the first problem that fails, naming its number
     */
    default List<OdeSolution> solveAll(List<OdeProblem> problems, Execution execution) {
        return problems.stream().map(problem -> solve(problem, execution)).toList();
    }
}
