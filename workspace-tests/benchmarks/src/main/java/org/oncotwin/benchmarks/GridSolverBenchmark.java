package org.oncotwin.benchmarks;

import java.util.concurrent.TimeUnit;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.ExplicitSolver;
import org.oncotwin.solver.grid.ImplicitSolver;
import org.openjdk.jmh.annotations.AuxCounters;
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
    public String solver;

    /** Voxels. */
    @Param({"64x64x64", "128x128x128", "240x240x155"})
    public String grid;

    /** Where tumour can be. */
    @Param({"box", "two-tissue"})
    public String domain;

    /** Threads of the solver. */
    @Param({"1", "2"})
    public int threads;

    /** Steps per call; 0 for as many as make setting up a small part. */
    @Param("0")
    public int steps;

    private ReactionDiffusionSolver instance;
    private ReactionDiffusionProblem problem;
    private long voxels;
    private long gridVoxels;

    /** Work done, as rates. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {

        /** Voxels of the domain advanced by one step. */
        public long domainVoxelSteps;

        /** Voxels of the grid advanced by one step, as programs count that compute all of them. */
        public long gridVoxelSteps;

        /** Steps. */
        public long steps;
    }

    /** Makes the problem. */
    @Setup
    public void prepare() {
        GridProblem made = new GridProblem(grid, domain);
        instance = solver.equals("grid-explicit") ? new ExplicitSolver() : new ImplicitSolver();
        voxels = made.voxels();
        gridVoxels = made.gridVoxels();
        problem = made.steps(steps > 0 ? steps : (int) Math.max(20, 50_000_000L / gridVoxels));
    }

    /** One call. */
    @Benchmark
    public ReactionDiffusionSolution solve(Work work) {
        ReactionDiffusionSolution solution = instance.solve(problem, new Execution(threads, Cancellation.NEVER));
        long taken = solution.statistics().steps();
        work.domainVoxelSteps += taken * voxels;
        work.gridVoxelSteps += taken * gridVoxels;
        work.steps += taken;
        return solution;
    }
}
