package org.oncotwin.solver.grid;

import static org.oncotwin.solver.grid.Tiles.LANES;

import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.solver.grid.scheme.Conductances;
import org.oncotwin.solver.grid.scheme.Direction;

/** From derivatives with respect to couplings to those with respect to diffusion coefficients. */
final class DiffusionGradient {

    /** Relative change of D for central differences of couplings, which are rational functions of D: exact to some 1e-9. */
    private static final double CHANGE = 1e-4;

    private final TileFields fields;
    private final Medium medium;
    private final Tiles tiles;
    private final double[][][] byCoupling;

    DiffusionGradient(TileFields fields, Medium medium, double[][][] byCoupling) {
        this.fields = fields;
        this.medium = medium;
        this.tiles = fields.tiles;
        this.byCoupling = byCoupling;
    }

    /** Derivative with respect to D m (mm2/d) of each voxel of a medium without orientation; the harmonic mean 2ab/(a+b) has the derivative 2 b^2 / (a + b)^2 by a. */
    private double[][] byVoxel() {
        double[][] diffusivity = fields.operator.diffusivity(medium);
        double[] inverseSquare = new double[Direction.FACES];
        for (int axis = 0; axis < Direction.FACES; axis++) {
            double h = medium.grid().spacing(axis);
            inverseSquare[axis] = 1 / (h * h);
        }
        double[][] derivative = fields.take();
        fields.each((tile, w) -> {
            double[] d = diffusivity[tile];
            for (int p : tiles.places[tile]) {
                double here = d[p];
                int after = p % LANES < LANES - 1 ? tile : tile + 1;
                int before = p % LANES > 0 ? tile : tile - 1;
                int pAfter = after == tile ? p + 1 : p + 1 - LANES;
                int pBefore = before == tile ? p - 1 : p - 1 + LANES;
                int above = tile + tiles.plane;
                int below = tile - tiles.plane;
                derivative[tile][p] = inverseSquare[0]
                                * (byCoupling[0][tile][p] * slope(here, d[p + LANES])
                                        + byCoupling[0][tile][p - LANES] * slope(here, d[p - LANES]))
                        + inverseSquare[1]
                                * (byCoupling[1][tile][p] * slope(here, diffusivity[after][pAfter])
                                        + byCoupling[1][before][pBefore] * slope(here, diffusivity[before][pBefore]))
                        + inverseSquare[2]
                                * (byCoupling[2][tile][p] * slope(here, diffusivity[above][p])
                                        + byCoupling[2][below][p] * slope(here, diffusivity[below][p]));
            }
        });
        return derivative;
    }

    /** Derivative by a of the harmonic mean of a and b; 0 if b lies outside. */
    private static double slope(double a, double b) {
        if (b < 0) {
            return 0;
        }
        double share = b / (a + b);
        return a == b ? 0.5 : 2 * share * share;
    }

    /** Derivative with respect to D of each class. */
    double[] byClass() {
        return medium.orientation().isPresent() ? byClassOfTensors() : sumOverClasses(byVoxel());
    }

    private double[] sumOverClasses(double[][] byVoxel) {
        double[][] ofTiles = new double[tiles.count][medium.classes()];
        SpatialValue factor = medium.relativeDiffusion();
        fields.each((tile, w) -> {
            int[] voxels = tiles.voxels[tile];
            int[] places = tiles.places[tile];
            for (int n = 0; n < voxels.length; n++) {
                ofTiles[tile][medium.classOf(voxels[n])] += byVoxel[tile][places[n]] * factor.at(voxels[n]);
            }
        });
        double[] sums = new double[medium.classes()];
        for (double[] ofTile : ofTiles) {
            for (int c = 0; c < sums.length; c++) {
                sums[c] += ofTile[c];
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
        double[] derivative = fields.store(byVoxel());
        double[] ofClass = medium.diffusion();
        for (int index = 0; index < derivative.length; index++) {
            derivative[index] *= medium.contains(index) ? ofClass[medium.classOf(index)] : 0;
        }
        return Field.owning(medium.grid(), derivative);
    }
}
