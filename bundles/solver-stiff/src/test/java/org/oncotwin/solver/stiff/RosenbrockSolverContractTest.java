package org.oncotwin.solver.stiff;

import org.junit.jupiter.api.Tag;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.sdk.conformance.OdeSolverContractTest;

/** The laws of solvers, for the Rosenbrock method. */
@Tag("SR-301")
class RosenbrockSolverContractTest extends OdeSolverContractTest {

    @Override
    protected OdeSolver newSolver() {
        return new RosenbrockSolver();
    }
}
