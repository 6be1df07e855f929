package org.oncotwin.solver.grid;

import org.junit.jupiter.api.Tag;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.sdk.conformance.ReactionDiffusionSolverContractTest;

@Tag("SR-309")
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
