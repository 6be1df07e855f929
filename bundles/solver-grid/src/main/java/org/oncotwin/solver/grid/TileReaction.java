package org.oncotwin.solver.grid;

import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.ReactionStep;

/** The reaction on the voxels of a tile. */
final class TileReaction {

    private final TileOperator operator;
    private final Field[] weights;

    /**
     * The reaction in a medium.
     *
     * @param weights of the sinks that differ from place to place
     */
    TileReaction(TileOperator operator, List<Field> weights) {
        this.operator = operator;
        this.weights = weights.toArray(Field[]::new);
    }

    /** Lets the density of a tile react between two places; {@code out} may be {@code u}. */
    void react(int tile, double[] u, double[] out, ReactionStep r, TileOperator.Workspace w, int from, int to) {
        if (r.first().length > 0) {
            kill(tile, u, out, r.first(), from, to);
            grow(tile, out, out, r, w, from, to);
            kill(tile, out, out, r.second(), from, to);
        } else {
            grow(tile, u, out, r, w, from, to);
            if (r.second().length > 0) {
                kill(tile, out, out, r.second(), from, to);
            }
        }
    }

    private void grow(int tile, double[] u, double[] out, ReactionStep r, TileOperator.Workspace w, int from, int to) {
        if (r.uniform()) {
            TileKernels.react(u, out, r.exponent()[0], r.crowding()[0], from, to);
        } else {
            evaluate(tile, r.exponent(), w.neighbours, from, to);
            evaluate(tile, r.crowding(), w.weights, from, to);
            TileKernels.react(u, out, w.neighbours, w.weights, from, to);
        }
    }

    /** A polynomial of the scaled rate of each voxel. */
    void evaluate(int tile, double[] coefficients, double[] value, int from, int to) {
        Arrays.fill(value, from, to, coefficients[coefficients.length - 1]);
        for (int k = coefficients.length - 2; k >= 0; k--) {
            TileKernels.horner(value, operator.scaledRate[tile], coefficients[k], from, to);
        }
    }

    /** Multiplies by the surviving fraction of the sinks that differ from place to place. */
    void kill(int tile, double[] u, double[] out, double[] integrals, int from, int to) {
        if (u != out) {
            System.arraycopy(u, from, out, from, to - from);
        }
        int[] voxels = operator.tiles.voxels[tile];
        int[] places = operator.tiles.places[tile];
        for (int n = operator.tiles.firstVoxel(tile, from); n < places.length && places[n] < to; n++) {
            out[places[n]] *= StrictMath.exp(-killed(integrals, voxels[n]));
        }
    }

    /** Integral of the rates that differ from place to place, at a voxel of the grid. */
    private double killed(double[] integrals, int index) {
        double sum = 0;
        for (int s = 0; s < integrals.length; s++) {
            sum += integrals[s] * weights[s].value(index);
        }
        return sum;
    }
}
