package org.oncotwin.sdk.conformance;

import org.oncotwin.api.solver.OdeSolver;

class ReferenceOdeSolverTest extends OdeSolverContractTest {

    @Override
    protected OdeSolver newSolver() {
        return new ReferenceOdeSolver();
    }
}
