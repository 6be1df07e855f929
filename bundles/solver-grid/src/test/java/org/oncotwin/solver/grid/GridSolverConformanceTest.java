package org.oncotwin.solver.grid;

import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.sdk.conformance.ReactionDiffusionSolverContractTest;

class GridSolverConformanceTest extends ReactionDiffusionSolverContractTest {

    @Override
    protected ReactionDiffusionSolver newSolver() {
        return new GridSolver();
    }

    /** That of the problems. */
    @Override
    protected double tolerance() {
        return 1e-6;
    }
}
