package org.oncotwin.solver.grid;

import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.sdk.conformance.ReactionDiffusionSolverContractTest;

/** With the steps that the solver chooses by itself. */
class ImplicitSolverConformanceTest extends ReactionDiffusionSolverContractTest {

    @Override
    protected ReactionDiffusionSolver newSolver() {
        return new ImplicitSolver();
    }

    @Override
    protected double tolerance() {
        return 2e-3;
    }
}
