package org.oncotwin.solver.grid;

import org.oncotwin.api.solver.ReactionDiffusionSolver;

class GridSolverTest extends ReactionDiffusionSolverContract {

    @Override
    ReactionDiffusionSolver solver() {
        return new GridSolver();
    }

    @Override
    double shortStep() {
        return 0.5;
    }

    @Override
    double tolerance() {
        return 1e-6;
    }
}
