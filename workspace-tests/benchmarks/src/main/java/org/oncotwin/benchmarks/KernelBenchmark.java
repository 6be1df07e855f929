package org.oncotwin.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.oncotwin.solver.grid.KernelProblem;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels of the grid solver on the problems that {@link BrainProblem} writes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class KernelBenchmark {

    /** Folder with the problems. */
    @Param("target/course")
    private String folder;

    /** Problem. */
    @Param({"coarse", "fine"})
    private String problem;

    /** Threads of the solver. */
    @Param({"1", "2"})
    private int threads;

    private KernelProblem kernels;

    /** Reads the problem. */
    @Setup
    public void prepare() throws IOException {
        BrainProblem brain = BrainProblem.read(Path.of(folder), problem);
        kernels = new KernelProblem(
                GliomaCourse.problem(
                        brain.initial(),
                        brain.medium(),
                        GliomaCourse.drug(GliomaCourse.SENSITIVITY),
                        0,
                        GliomaCourse.DAYS,
                        1e-3),
                threads);
    }

    /** Ends the threads. */
    @TearDown
    public void end() {
        kernels.close();
    }

    /** One application of the diffusion operator. */
    @Benchmark
    public void sweep() {
        kernels.sweep();
    }

    /** Two applications and a reaction. */
    @Benchmark
    public void substep() {
        kernels.substep();
    }
}
