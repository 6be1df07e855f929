package org.oncotwin.tests.sensitivity;

import java.util.List;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.solver.grid.GridSolver;

/** With the solver that runs use. */
class GridSolverSensitivityTest extends SensitivityTest {

    @Override
    ReactionDiffusionSolver solver() {
        return new GridSolver();
    }

    /** The solver needs about a third of this for itself. */
    @Override
    List<Long> tightMemories() {
        return List.of(900_000L);
    }
}
