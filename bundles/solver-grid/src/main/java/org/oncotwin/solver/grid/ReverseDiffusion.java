package org.oncotwin.solver.grid;

import static org.oncotwin.solver.grid.Tiles.LANES;

import java.util.List;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial.Stage;
import org.oncotwin.solver.grid.scheme.Direction;

/**
 * Diffusion backwards: the stages of its polynomial transposed, which applies the same operator, for it is symmetric, and gathers derivatives with respect to its couplings.
 */
final class ReverseDiffusion {

    private final TileFields fields;

    /** Derivative with respect to each coupling (1/d), by direction, at the lower voxel of the pair. */
    final double[][][] byCoupling;

    ReverseDiffusion(TileFields fields) {
        this.fields = fields;
        this.byCoupling = new double[fields.operator.couplings.length][][];
        for (int d = 0; d < byCoupling.length; d++) {
            byCoupling[d] = fields.zero();
        }
    }

    /**
     * Takes one part of a polynomial back.
     *
     * @param values y_0, y_1, ... as they went in to the stages
     * @param cotangent derivative with respect to the result; afterwards to the start
     */
    void reverse(DiffusionPolynomial polynomial, List<double[][]> values, double[][] cotangent) {
        List<Stage> stages = polynomial.stages();
        double[][] start = fields.take();
        double[][] now = cotangent;
        double[][] after = null;
        for (int j = stages.size(); j >= 1; j--) {
            Stage stage = stages.get(j - 1);
            double ofLater = j < stages.size() ? stages.get(j).ofLastButOne() : 0;
            double[][] value = values.get(j - 1);
            double[][] current = now;
            double[][] out = after == null || after == cotangent ? fields.take() : after;
            if (ofLater != 0 && out != after) {
                fields.copy(after, out);
            }
            boolean first = j == stages.size();
            Stage transposed = new Stage(0, stage.ofLast(), stage.ofOperator(), ofLater);
            fields.each((tile, w) -> {
                int from = fields.tiles.from[tile];
                int to = fields.tiles.to[tile];
                for (Direction direction : fields.operator.directions()) {
                    gather(direction, tile, value, current, stage.ofOperator(), w, from, to);
                }
                if (first) {
                    TileKernels.scale(current[tile], stage.ofStart(), start[tile], from, to);
                } else {
                    TileKernels.addScaled(current[tile], stage.ofStart(), start[tile], from, to);
                }
                fields.operator.stage(tile, current, current, out, transposed, w);
            });
            after = now;
            now = out;
        }
        double[][] last = now;
        fields.each((tile, w) -> TileKernels.sum(
                start[tile], last[tile], cotangent[tile], fields.tiles.from[tile], fields.tiles.to[tile]));
        fields.give(start);
        fields.give(now);
        if (after != cotangent) {
            fields.give(after);
        }
    }

    /** What an application of the operator to y adds between two places of a tile, where the derivative with respect to the result is known. */
    void gather(int tile, double[][] y, double[][] cotangent, TileOperator.Workspace w, int from, int to) {
        for (Direction direction : fields.operator.directions()) {
            gather(direction, tile, y, cotangent, 1, w, from, to);
        }
    }

    /** A coupling w between i and l adds c w (y_l - y_i) to i and takes it from l. */
    private void gather(
            Direction direction,
            int tile,
            double[][] y,
            double[][] cotangent,
            double c,
            TileOperator.Workspace w,
            int from,
            int to) {
        double[] otherY = fields.operator.neighbours(y, tile, direction, 1, w.neighbours, from, to);
        double[] otherC = fields.operator.neighbours(cotangent, tile, direction, 1, w.weights, from, to);
        double[] sum = byCoupling[direction.ordinal()][tile];
        if (direction == Direction.X) {
            TileKernels.gatherNext(y[tile], cotangent[tile], c, sum, from, to);
        } else if (direction.di() == 0) {
            TileKernels.gather(y[tile], otherY, cotangent[tile], otherC, c, sum, from, to);
        } else {
            int offset = direction.di() * LANES;
            for (int i = from; i < to; i++) {
                sum[i] += c * (otherY[i + offset] - y[tile][i]) * (cotangent[tile][i] - otherC[i + offset]);
            }
        }
    }
}
