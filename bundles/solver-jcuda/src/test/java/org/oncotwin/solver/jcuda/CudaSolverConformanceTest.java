package org.oncotwin.solver.jcuda;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.sdk.conformance.ReactionDiffusionSolverContractTest;

/** On a driver that runs the kernels in Java. */
@Tag("SR-309")
class CudaSolverConformanceTest extends ReactionDiffusionSolverContractTest {

    private final List<CudaSolver> solvers = new ArrayList<>();

    @Override
    protected ReactionDiffusionSolver newSolver() {
        CudaSolver solver =
                new CudaSolver(CudaProcessor.open(new FakeDriver(256 << 20)).orElseThrow());
        solvers.add(solver);
        return solver;
    }

    @AfterEach
    void close() {
        solvers.forEach(CudaSolver::close);
    }

    @Override
    protected double tolerance() {
        return 1e-6;
    }

    /** Threads of the host share no work on a grid; the kernels' order in Java is slow. */
    @Override
    protected Grid threadedGrid() {
        return new Grid(24, 20, 16, Affine.scaling(1, 1, 1));
    }
}
