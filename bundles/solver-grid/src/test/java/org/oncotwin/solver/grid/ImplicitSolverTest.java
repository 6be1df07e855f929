package org.oncotwin.solver.grid;

import org.oncotwin.api.solver.ReactionDiffusionSolver;

class ImplicitSolverTest extends ReactionDiffusionSolverContract {

    @Override
    ReactionDiffusionSolver solver() {
        return new ImplicitSolver();
    }

    @Override
    double shortStep() {
        return 0.025;
    }

    /** The error of second order at this step is 1.6e-6; {@link #convergesInTimeWithTheOrderOfItsDescription} shows that it falls as it must. */
    @Override
    double tolerance() {
        return 2e-6;
    }
}
