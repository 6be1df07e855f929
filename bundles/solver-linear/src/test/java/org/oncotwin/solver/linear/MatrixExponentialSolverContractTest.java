package org.oncotwin.solver.linear;

import org.junit.jupiter.api.Tag;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.sdk.conformance.OdeSolverContractTest;

/** The laws of solvers, for the exponential of a matrix. */
@Tag("SR-301")
class MatrixExponentialSolverContractTest extends OdeSolverContractTest {

    @Override
    protected OdeSolver newSolver() {
        return new MatrixExponentialSolver();
    }
}
