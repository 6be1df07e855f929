package org.oncotwin.solver.grid;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/** Problems for tests. */
final class Problems {

    private Problems() {}

    /** A value per voxel index. */
    interface Values {
        double at(int i, int j, int k);
    }

    static Field field(Grid grid, Values values) {
        double[] v = new double[grid.size()];
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    v[grid.index(i, j, k)] = values.at(i, j, k);
                }
            }
        }
        return Field.owning(grid, v);
    }

    static byte[] classes(Grid grid, Values values) {
        double[] v = field(grid, values).toArray();
        byte[] classes = new byte[v.length];
        for (int p = 0; p < v.length; p++) {
            classes[p] = (byte) v[p];
        }
        return classes;
    }

    static Grid grid(int nx, int ny, int nz, double hx, double hy, double hz) {
        return new Grid(nx, ny, nz, Affine.scaling(hx, hy, hz));
    }

    static Interval days(double from, double to) {
        return new Interval(SimulationTime.ofDays(from), SimulationTime.ofDays(to));
    }

    static ReactionDiffusionProblem problem(
            Field initial,
            byte[] classes,
            double[] diffusion,
            double[] proliferation,
            Interval interval,
            double tolerance) {
        return problem(
                initial, classes, diffusion, proliferation, TimeFunction.constant(1), List.of(), interval, tolerance);
    }

    static ReactionDiffusionProblem problem(
            Field initial,
            byte[] classes,
            double[] diffusion,
            double[] proliferation,
            TimeFunction factor,
            List<Sink> sinks,
            Interval interval,
            double tolerance) {
        return new ReactionDiffusionProblem(
                initial,
                Medium.of(initial.grid(), classes, diffusion, proliferation),
                1,
                factor,
                sinks,
                interval,
                StepControl.adaptive(tolerance));
    }

    static Field solve(ReactionDiffusionSolver solver, ReactionDiffusionProblem problem) {
        return solve(solver, problem, 1);
    }

    static Field solve(ReactionDiffusionSolver solver, ReactionDiffusionProblem problem, int threads) {
        return solver.solve(problem, new Execution(threads, Cancellation.NEVER)).density();
    }

    /**
     * A brain-like domain of two tissues with sulci, a hole, sheets and needles of one voxel, an island, and parts at the edge of the grid.
     */
    static byte[] brain(Grid grid) {
        return classes(grid, (i, j, k) -> {
            double x = 2.0 * (i + 0.5) / grid.nx() - 1;
            double y = 2.0 * (j + 0.5) / grid.ny() - 1;
            double z = 2.0 * (k + 0.5) / grid.nz() - 1;
            if (i == 0 && j == 0 && k == 0) {
                return 1;
            }
            boolean sheet = i == grid.nx() / 2;
            boolean needle = j == grid.ny() / 2 && k == grid.nz() / 2;
            double radius = x * x + y * y + z * z + 0.15 * Math.sin(14 * x + 3 * z) * Math.cos(11 * y);
            boolean hole = x * x + 4 * y * y + z * z < 0.02;
            boolean inside = radius < 0.9 && radius > 0.04 && !hole && (Math.abs(x) > 0.1 || sheet) || needle;
            return !inside ? 0 : Math.sin(9 * x + 5 * y + 7 * z) > 0.2 ? 2 : 1;
        });
    }

    static Field blob(Grid grid, byte[] classes) {
        return field(grid, (i, j, k) -> {
            double x = (i - 0.45 * grid.nx()) / grid.nx();
            double y = (j - 0.55 * grid.ny()) / grid.ny();
            double z = (k - 0.5 * grid.nz()) / grid.nz();
            return classes[grid.index(i, j, k)] == 0 ? 0 : 0.9 * Math.exp(-12 * (x * x + y * y + z * z));
        });
    }

    static double largestDifference(Field a, Field b) {
        double largest = 0;
        for (int p = 0; p < a.grid().size(); p++) {
            largest = Math.max(largest, Math.abs(a.value(p) - b.value(p)));
        }
        return largest;
    }

    /** Sum over voxels of the absolute difference divided by the sum of the reference: the measure of the tolerance. */
    static double relativeError(Field a, Field reference) {
        double difference = 0;
        double sum = 0;
        for (int p = 0; p < a.grid().size(); p++) {
            difference += Math.abs(a.value(p) - reference.value(p));
            sum += reference.value(p);
        }
        return difference / sum;
    }

    /** A function of time with its integral. */
    static TimeFunction function(DoubleUnaryOperator value, DoubleUnaryOperator antiderivative) {
        return new TimeFunction() {
            @Override
            public double at(double day) {
                return value.applyAsDouble(day);
            }

            @Override
            public double integral(double from, double to) {
                return antiderivative.applyAsDouble(to) - antiderivative.applyAsDouble(from);
            }
        };
    }
}
