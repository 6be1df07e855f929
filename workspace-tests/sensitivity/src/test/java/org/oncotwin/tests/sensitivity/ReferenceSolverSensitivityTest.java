package org.oncotwin.tests.sensitivity;

import java.util.List;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.sdk.conformance.DifferentiableEulerSolver;

/** With the plainest solver that differentiates itself. */
class ReferenceSolverSensitivityTest extends SensitivityTest {

    @Override
    ReactionDiffusionSolver solver() {
        return new DifferentiableEulerSolver();
    }

    /** Room for the first state and no other, for a few, and for most. */
    @Override
    List<Long> tightMemories() {
        return List.of(30_000L, 60_000L, 300_000L);
    }
}
