package org.oncotwin.solver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.solver.grid.GridSolver;

/**
 * Times of the solver on the device of this machine and of the one on the CPU on the same problems, in one run. Not a test that runs by itself: docs/gpu.md tells how to start it. Sizes are
 * multiplied by the system property {@code scale}.
 */
class CudaMeasurement {

    private static final Execution CORES =
            new Execution(Runtime.getRuntime().availableProcessors(), Cancellation.NEVER);
    private static final int MEMBERS = 16;
    private static final double DAYS = 270;

    private static int scaled(int size) {
        return (int) (size * Double.parseDouble(System.getProperty("scale", "1")));
    }

    @Test
    void measure() throws Exception {
        CudaDriver driver = SimulatedDriver.orDevice();
        print("device: %s", driver.devices().get(0).describe());
        try (CudaSolver solver = new CudaSolver(CudaProcessor.open(driver).orElseThrow())) {
            bandwidth(driver);
            Grid coarse = new Grid(scaled(77), scaled(116), scaled(36), Affine.scaling(1.5, 1.5, 3));
            Grid fine = new Grid(scaled(240), scaled(240), scaled(155), Affine.scaling(1, 1, 1));
            for (Grid grid : List.of(coarse, fine)) {
                Medium medium = brain(grid);
                for (double tolerance : new double[] {1e-3, 1e-5}) {
                    compare(solver, problem(medium, tolerance));
                }
            }
            List<ReactionDiffusionProblem> members = Collections.nCopies(MEMBERS, problem(brain(coarse), 1e-3));
            double together = seconds(() -> solver.solveAll(members, CORES));
            double single = seconds(() ->
                    members.stream().map(member -> solver.solve(member, CORES)).toList());
            print(
                    "%d problems on %s: %.3f s together, %.3f s one by one",
                    MEMBERS, coarse.describe(), together, single);
        }
    }

    private static void compare(CudaSolver solver, ReactionDiffusionProblem problem) {
        GridSolver cpu = new GridSolver();
        ReactionDiffusionSolution expected = cpu.solve(problem, CORES);
        ReactionDiffusionSolution actual = solver.solve(problem, CORES);
        double difference =
                Problems.difference(actual.density(), expected.density().toArray());
        // The two may take different methods, each to the tolerance.
        assertThat(difference).isLessThan(2 * problem.steps().relativeTolerance());
        double onDevice = seconds(() -> solver.solve(problem, CORES));
        double onCpu = seconds(() -> cpu.solve(problem, CORES));
        print(
                "%s, tolerance %.0e: %d steps, %d applications; device %.3f s, CPU (%d threads) %.3f s; difference %.1e",
                problem.grid().describe(),
                problem.steps().relativeTolerance(),
                actual.statistics().steps(),
                actual.statistics().evaluations(),
                onDevice,
                CORES.threads(),
                onCpu,
                difference);
    }

    /** The kernel for reactions with one rate and no sinks reads and writes each number once: 17 bytes with the mask. */
    private static void bandwidth(CudaDriver driver) {
        int voxels = scaled(240) * scaled(240) * scaled(155);
        int launches = 100;
        CudaProcessor processor = CudaProcessor.open(driver).orElseThrow();
        CudaContext context = processor.context();
        try (CudaBuffer fields = context.allocate(2L * voxels * Double.BYTES);
                CudaBuffer table = context.allocate(8L * Double.BYTES);
                CudaBuffer inside = context.allocate(voxels)) {
            byte[] mask = new byte[voxels];
            Arrays.fill(mask, (byte) 1);
            inside.write(0, mask);
            // From 0, to the second half, terms at 3: one coefficient each of E and I, both 0, no sink.
            table.write(0, new double[] {0, voxels, 3, 1, 1, 0, 0, 0}, 0, 8);
            double time = seconds(() -> {
                for (int n = 0; n < launches; n++) {
                    processor.launch(
                            KernelName.REACT, voxels, 1, List.of(fields, table, inside, table, table), 0, 3, voxels);
                }
                context.synchronise();
                return null;
            });
            print("reading and writing: %.1f GB/s", 17e-9 * voxels * launches / time);
        }
        processor.close();
    }

    private static Medium brain(Grid grid) {
        byte[] classes = new byte[grid.size()];
        for (int index = 0; index < classes.length; index++) {
            double x = (index % grid.nx() + 0.5) / grid.nx() * 2 - 1;
            double y = (index / grid.nx() % grid.ny() + 0.5) / grid.ny() * 2 - 1;
            double z = (index / grid.nx() / grid.ny() + 0.5) / grid.nz() * 2 - 1;
            double r = x * x + y * y + z * z;
            classes[index] = (byte) (r > 1 ? 0 : r > 0.6 ? 1 : 2);
        }
        return Medium.of(grid, classes, new double[] {0, 0.02, 0.1}, new double[] {0, 0.03, 0.03});
    }

    private static ReactionDiffusionProblem problem(Medium medium, double tolerance) {
        Grid grid = medium.grid();
        double[] start = new double[grid.size()];
        for (int index = 0; index < start.length; index++) {
            double x = (index % grid.nx() - 0.6 * grid.nx()) * grid.spacing(0);
            double y = (index / grid.nx() % grid.ny() - 0.5 * grid.ny()) * grid.spacing(1);
            double z = (index / grid.nx() / grid.ny() - 0.5 * grid.nz()) * grid.spacing(2);
            start[index] = 0.5 * Math.exp(-(x * x + y * y + z * z) / 50);
        }
        return new ReactionDiffusionProblem(
                Field.owning(grid, start),
                medium,
                1,
                TimeFunction.constant(1),
                List.of(),
                Problems.interval(0, DAYS),
                StepControl.adaptive(tolerance));
    }

    /** The shortest of three. */
    private static double seconds(Supplier<?> work) {
        double shortest = Double.POSITIVE_INFINITY;
        for (int n = 0; n < 3; n++) {
            long start = System.nanoTime();
            work.get();
            shortest = Math.min(shortest, 1e-9 * (System.nanoTime() - start));
        }
        return shortest;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
