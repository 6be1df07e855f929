package org.oncotwin.solver.grid;

import java.util.OptionalDouble;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.sdk.conformance.ReactionDiffusionSolverContractTest;

class ExplicitSolverConformanceTest extends ReactionDiffusionSolverContractTest {

    @Override
    protected ReactionDiffusionSolver newSolver() {
        return new ExplicitSolver();
    }

    @Override
    protected double tolerance() {
        return 2e-3;
    }

    /** A scheme of first order needs short steps to come as close as the tolerance. */
    @Override
    protected OptionalDouble largestStep() {
        return OptionalDouble.of(0.01);
    }
}
