package org.oncotwin.solver.grid;

import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.solver.grid.scheme.Conductances;
import org.oncotwin.solver.grid.scheme.Direction;

/** From derivatives with respect to couplings to those with respect to diffusion coefficients. */
final class DiffusionGradient {

    /** Relative change of D for central differences of couplings, which are rational functions of D: exact to some 1e-9. */
    private static final double CHANGE = 1e-4;

    private final Medium medium;
    private final Tiles tiles;
    private final double[][][] byCoupling;

    DiffusionGradient(Medium medium, Tiles tiles, double[][][] byCoupling) {
        this.medium = medium;
        this.tiles = tiles;
        this.byCoupling = byCoupling;
    }

    /** Derivative with respect to D m (mm2/d) of each voxel of a medium without orientation; the harmonic mean 2ab/(a+b) has the derivative 2 b^2 / (a + b)^2. */
    private double[] byVoxel() {
        Grid grid = medium.grid();
        int[] stride = {1, grid.nx(), grid.nx() * grid.ny()};
        int[] size = {grid.nx(), grid.ny(), grid.nz()};
        double[] ofClass = medium.diffusion();
        double[] derivative = new double[grid.size()];
        for (int axis = 0; axis < Direction.FACES; axis++) {
            double inverseSquare = 1 / (grid.spacing(axis) * grid.spacing(axis));
            for (int index = 0; index < derivative.length; index++) {
                int upper = index + stride[axis];
                boolean last = index / stride[axis] % size[axis] == size[axis] - 1;
                if (!last && medium.contains(index) && medium.contains(upper)) {
                    double byMean = byCoupling[axis][tiles.tileOf(index)][tiles.placeOf(index)] * inverseSquare;
                    double a = ofClass[medium.classOf(index)]
                            * medium.relativeDiffusion().at(index);
                    double b = ofClass[medium.classOf(upper)]
                            * medium.relativeDiffusion().at(upper);
                    double sum = a + b;
                    derivative[index] += byMean * (a == b ? 0.5 : 2 * (b / sum) * (b / sum));
                    derivative[upper] += byMean * (a == b ? 0.5 : 2 * (a / sum) * (a / sum));
                }
            }
        }
        return derivative;
    }

    /** Derivative with respect to D of each class. */
    double[] byClass() {
        return medium.orientation().isPresent() ? byClassOfTensors() : sumOverClasses(byVoxel());
    }

    private double[] sumOverClasses(double[] byVoxel) {
        double[] sums = new double[medium.classes()];
        for (int index = 0; index < byVoxel.length; index++) {
            if (medium.contains(index)) {
                sums[medium.classOf(index)] +=
                        byVoxel[index] * medium.relativeDiffusion().at(index);
            }
        }
        return sums;
    }

    /** Central differences of the couplings alone. A class that does not diffuse is a wall for tensors, so that there is no derivative at 0. */
    private double[] byClassOfTensors() {
        double[] derivative = new double[medium.classes()];
        for (int c = 1; c < derivative.length; c++) {
            double d = medium.diffusion()[c];
            derivative[c] =
                    d == 0 ? Double.NaN : (along(c, d * (1 + CHANGE)) - along(c, d * (1 - CHANGE))) / (2 * CHANGE * d);
        }
        return derivative;
    }

    private double along(int c, double value) {
        double[] table = medium.diffusion();
        table[c] = value;
        double[] sum = new double[1];
        Conductances.of(medium.withTables(table, medium.proliferation()))
                .forEach((direction, lower, upper, coupling) ->
                        sum[0] += byCoupling[direction][tiles.tileOf(lower)][tiles.placeOf(lower)] * coupling);
        return sum[0];
    }

    /**
     * Derivative with respect to the relative diffusion of each voxel.
     *
     * @throws SolverException if the medium has an orientation
     */
    Field map() {
        if (medium.orientation().isPresent()) {
            throw new SolverException("the derivative with respect to the diffusion of each voxel is not offered where "
                    + "diffusion has an orientation; ask for no maps, or leave the diffusion tensor out");
        }
        double[] derivative = byVoxel();
        double[] ofClass = medium.diffusion();
        for (int index = 0; index < derivative.length; index++) {
            derivative[index] *= medium.contains(index) ? ofClass[medium.classOf(index)] : 0;
        }
        return Field.owning(medium.grid(), derivative);
    }
}
