package org.oncotwin.solver.grid;

import static org.oncotwin.solver.grid.Tiles.LANES;

import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.Conductances;

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

    /**
     * Derivative with respect to D m (mm2/d) of each voxel of a medium without orientation. The coupling c = 2 a b / ((a + b) h^2) has the derivative 2 b^2 / ((a + b) h)^2 = (c h / a)^2 / 2 by
     * a.
     */
    private double[][] byVoxel() {
        double[][] diffusivity = fields.operator.diffusivity(medium);
        double[][] derivative = fields.take();
        fields.each((tile, w) -> {
            int to = tiles.to[tile];
            for (int from = tiles.from[tile]; from < to; from += TileOperator.CHUNK) {
                addCoupled(tile, derivative[tile], w, from, Math.min(to, from + TileOperator.CHUNK));
            }
            double[] d = diffusivity[tile];
            for (int p : tiles.places[tile]) {
                derivative[tile][p] =
                        d[p] == 0 ? atZero(tile, p, diffusivity) : derivative[tile][p] / (2 * d[p] * d[p]);
            }
        });
        return derivative;
    }

    /** The sum over all six faces of the derivative by the coupling times (c h)^2. */
    private void addCoupled(int tile, double[] out, TileOperator.Workspace w, int from, int to) {
        double[][][] couplings = fields.operator.couplings;
        double x = square(0);
        double y = square(1);
        double z = square(2);
        TileKernels.coupledNext(byCoupling[0][tile], couplings[0][tile], x, out, from, to);
        TileKernels.coupled(byCoupling[1][tile], couplings[1][tile], y, w.sum, from, to);
        double[] before = byCoupling[1][tile - 1];
        double[] coupling = couplings[1][tile - 1];
        for (int column = from; column < to; column += LANES) {
            int last = column + LANES - 1;
            out[column] += y * before[last] * coupling[last] * coupling[last];
            for (int i = column; i < last; i++) {
                out[i] += w.sum[i];
                out[i + 1] += w.sum[i];
            }
            out[last] += w.sum[last];
        }
        int below = tile - tiles.plane;
        TileKernels.addCoupled(byCoupling[2][tile], couplings[2][tile], z, out, from, to);
        TileKernels.addCoupled(byCoupling[2][below], couplings[2][below], z, out, from, to);
    }

    private double square(int axis) {
        double h = medium.grid().spacing(axis);
        return h * h;
    }

    /** Where nothing diffuses couplings are 0, and their derivative is 2 / h^2, or half of 1 / h^2 between two such voxels. */
    private double atZero(int tile, int p, double[][] diffusivity) {
        int after = p % LANES < LANES - 1 ? tile : tile + 1;
        int before = p % LANES > 0 ? tile : tile - 1;
        int pAfter = after == tile ? p + 1 : p + 1 - LANES;
        int pBefore = before == tile ? p - 1 : p - 1 + LANES;
        int above = tile + tiles.plane;
        int below = tile - tiles.plane;
        return (byCoupling[0][tile][p] * slopeAtZero(diffusivity[tile][p + LANES])
                                + byCoupling[0][tile][p - LANES] * slopeAtZero(diffusivity[tile][p - LANES]))
                        / square(0)
                + (byCoupling[1][tile][p] * slopeAtZero(diffusivity[after][pAfter])
                                + byCoupling[1][before][pBefore] * slopeAtZero(diffusivity[before][pBefore]))
                        / square(1)
                + (byCoupling[2][tile][p] * slopeAtZero(diffusivity[above][p])
                                + byCoupling[2][below][p] * slopeAtZero(diffusivity[below][p]))
                        / square(2);
    }

    /** Derivative at 0 of the harmonic mean with another value; 0 if that lies outside. */
    private static double slopeAtZero(double other) {
        return other < 0 ? 0 : other == 0 ? 0.5 : 2;
    }

    /** Derivative with respect to D of each class. */
    double[] byClass() {
        return medium.orientation().isPresent()
                ? byClassOfTensors()
                : fields.sumOverClasses(byVoxel(), medium.relativeDiffusion());
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
