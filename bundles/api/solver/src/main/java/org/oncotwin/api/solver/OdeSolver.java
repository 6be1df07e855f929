package org.oncotwin.api.solver;

import org.osgi.annotation.versioning.ConsumerType;

/** Solves ordinary differential equations. A service; it keeps no state between calls and may be called from several threads. */
@ConsumerType
public interface OdeSolver {

    /** What it can do. */
    SolverDescription description();

    /**
     * Solves a problem.
     *
     * @throws SolverException naming time and component if a value is not finite or the step becomes too small
     * @throws java.util.concurrent.CancellationException within a second of being asked to stop
     */
    OdeSolution solve(OdeProblem problem, Execution execution);
}
