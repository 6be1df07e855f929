package org.oncotwin.solver.stiff;

import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.sdk.conformance.OdeSolverContractTest;

/** The laws of solvers, for the Rosenbrock method. */
class RosenbrockSolverContractTest extends OdeSolverContractTest {

    @Override
    protected OdeSolver newSolver() {
        return new RosenbrockSolver();
    }
}
