package org.oncotwin.api.mechanics;

import org.oncotwin.api.solver.Execution;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds the equilibrium of soft bodies. A service, declared with {@code @Component} and the capability {@code oncotwin.solver}; it keeps nothing between calls that could change a result and may be called from several threads. The result
 * has the same bits for any number of threads. It is no solver of runs ({@link org.oncotwin.api.solver.Solvers}), for what it solves has no time; who needs one binds the service of the highest ranking.
 */
@ConsumerType
public interface ElasticitySolver {

    /** What it can do. */
    ElasticitySolverDescription description();

    /**
     * Finds the equilibrium that the body reaches when the load is put on from rest.
     *
     * @throws org.oncotwin.api.solver.SolverException if a part of the mesh is free to move as a rigid body, naming a node of it; if no equilibrium is found, naming the residual and what to do; if it cannot do what the problem asks for
     * @throws java.util.concurrent.CancellationException within a second of being asked to stop
     */
    ElasticitySolution solveStatic(ElasticityProblem problem, Execution execution);
}
