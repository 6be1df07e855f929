package org.oncotwin.benchmarks;

import java.util.List;
import java.util.OptionalDouble;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/**
 * The problem that is timed: that of {@code workspace-tests/references/pytorch-stencil/bench.py}, with parameters that are usual for gliomas, and steps short enough for both
 * schemes.
 */
final class GridProblem {

    /** Step in days. */
    static final double STEP = 0.25;

    private final Grid grid;
    private final Field initial;
    private final Medium medium;
    private final int voxels;

    /**
     * A grid with all voxels of one tissue, or two tissues in an ellipsoid.
     *
     * @param size for example {@code 240x240x155}
     * @param domain {@code box} or {@code two-tissue}
     */
    GridProblem(String size, String domain) {
        String[] n = size.split("x");
        int nx = Integer.parseInt(n[0]);
        int ny = Integer.parseInt(n[1]);
        int nz = Integer.parseInt(n[2]);
        grid = new Grid(nx, ny, nz, Affine.scaling(1, 1.25, 2));
        boolean box = domain.equals("box");
        double[] u = new double[grid.size()];
        byte[] classes = new byte[u.length];
        int inside = 0;
        for (int p = 0; p < u.length; p++) {
            double x = 2.0 * (p % nx) / (nx - 1) - 1;
            double y = 2.0 * (p / nx % ny) / (ny - 1) - 1;
            double z = 2.0 * (p / nx / ny) / (nz - 1) - 1;
            double r2 = x * x + y * y + z * z;
            if (box || r2 < 0.97) {
                classes[p] = (byte) (box || Math.sin(9 * x + 5 * y + 7 * z) > 0 ? 1 : 2);
                u[p] = 0.1 + 0.5 * Math.exp(-8 * r2);
                inside++;
            }
        }
        initial = Field.owning(grid, u);
        medium = Medium.of(grid, classes, new double[] {0, 0.1, 0.02}, new double[] {0, 0.05, 0.05});
        voxels = inside;
    }

    /** Voxels of the domain. */
    int voxels() {
        return voxels;
    }

    /** Voxels of the grid. */
    int gridVoxels() {
        return grid.size();
    }

    /** So many steps of {@link #STEP}. */
    ReactionDiffusionProblem steps(int count) {
        return new ReactionDiffusionProblem(
                initial,
                medium,
                1,
                TimeFunction.constant(1),
                List.of(),
                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(count * STEP)),
                StepControl.adaptive(1e-4).atMost(OptionalDouble.of(STEP)));
    }
}
