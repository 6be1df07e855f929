package org.oncotwin.solver.grid;

import org.oncotwin.api.solver.ReactionDiffusionSolver;

class ExplicitSolverTest extends ReactionDiffusionSolverContract {

    @Override
    ReactionDiffusionSolver solver() {
        return new ExplicitSolver();
    }

    @Override
    double shortStep() {
        return 0.025;
    }

    /** Independent forward Euler in NumPy is off by 1.04e-3 at this step: {@code expected.json} of the reference. */
    @Override
    double tolerance() {
        return 1.1e-3;
    }
}
