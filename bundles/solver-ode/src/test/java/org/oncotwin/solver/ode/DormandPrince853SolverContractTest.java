package org.oncotwin.solver.ode;

import org.junit.jupiter.api.Tag;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.sdk.conformance.OdeSolverContractTest;

/** The laws of solvers, for Dormand-Prince 8(5,3). */
@Tag("SR-301")
class DormandPrince853SolverContractTest extends OdeSolverContractTest {

    @Override
    protected OdeSolver newSolver() {
        return new DormandPrince853Solver();
    }
}
