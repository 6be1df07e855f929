package org.oncotwin.benchmarks;

import java.util.concurrent.TimeUnit;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.ExplicitSolver;
import org.oncotwin.solver.grid.ImplicitSolver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whole calls of the grid solvers, what they set up included. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public class GridSolverBenchmark {

    /** Scheme. */
    @Param({"grid-explicit", "grid-implicit"})
    private String solver;

    /** Voxels. */
    @Param({"64x64x64", "128x128x128", "240x240x155"})
    private String grid;

    /** Where tumour can be. */
    @Param({"box", "two-tissue"})
    private String domain;

    /** Threads of the solver. */
    @Param({"1", "2"})
    private int threads;

    /** Steps per call; 0 for many. */
    @Param("0")
    private int steps;

    private ReactionDiffusionSolver instance;
    private ReactionDiffusionProblem problem;
    private Execution execution;

    /** Steps of a call that make setting up a small part of it. */
    static int manySteps(GridProblem problem) {
        return (int) Math.max(20, 50_000_000L / problem.gridVoxels());
    }

    /** Makes the problem. */
    @Setup
    public void prepare() {
        GridProblem made = new GridProblem(grid, domain);
        instance = solver.equals("grid-explicit") ? new ExplicitSolver() : new ImplicitSolver();
        problem = made.steps(steps > 0 ? steps : manySteps(made));
        execution = new Execution(threads, Cancellation.NEVER);
    }

    /** One call. */
    @Benchmark
    public ReactionDiffusionSolution solve() {
        return instance.solve(problem, execution);
    }
}
