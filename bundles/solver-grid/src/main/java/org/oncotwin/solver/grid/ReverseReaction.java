package org.oncotwin.solver.grid;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.oncotwin.api.solver.ReactionDiffusionPullBack.Direction;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.ReactionFlow;
import org.oncotwin.solver.grid.scheme.ReactionStep;
import org.oncotwin.solver.grid.scheme.Splitting.React;

/**
 * The reaction backwards: pulls derivatives with respect to the density after it back to the density before it and to all that it depends on. With v before, u after,
 * u = v (1 + E) / (1 + I v): du/dv = (1 + E) / (1 + I v)^2, du/dE = v / (1 + I v), du/dI = -v^2 (1 + E) / (1 + I v)^2.
 */
final class ReverseReaction {

    private final TileFields fields;
    private final ReactionFlow flow;
    private final double capacity;
    private final List<Direction> directions;
    private final List<List<Field>> weights;

    /** Derivative with respect to the proliferation rate (1/d) of each voxel. */
    final double[][] byRate;

    /** Derivative with respect to the carrying capacity. */
    private double byCapacity;

    private final double[] byDirection;

    ReverseReaction(TileFields fields, ReactionFlow flow, double capacity, List<Direction> directions) {
        this.fields = fields;
        this.flow = flow;
        this.capacity = capacity;
        this.directions = directions;
        this.weights = directions.stream().map(ReactionFlow::weights).toList();
        this.byRate = fields.zero();
        this.byDirection = new double[directions.size()];
    }

    double byCapacity() {
        return byCapacity;
    }

    double[] byDirection() {
        return byDirection.clone();
    }

    /**
     * What the derivatives by E and I of the reaction over one stretch of time lead to. They are handed in by tile and place; after the last, {@link #close} adds what they sum to.
     */
    final class Stretch implements AutoCloseable {

        private final ReactionStep step;
        private final ReactionStep slope;
        private final ReactionStep[] along;
        private final double[][] ofExponent;
        private final double[][] ofCrowding;

        private Stretch(ReactionStep step, double from, double to) {
            this.step = step;
            slope = flow.byRate(from, to);
            along = directions.stream().map(d -> flow.along(d, from, to)).toArray(ReactionStep[]::new);
            int moments = moments(step, slope, along);
            ofExponent = new double[fields.tiles.count][moments];
            ofCrowding = new double[fields.tiles.count][moments];
        }

        /** Takes derivatives by E and by I between two places of a tile; both arrays are used up. */
        void add(int tile, double[] byExponent, double[] byCrowding, TileOperator.Workspace w, int from, int to) {
            if (fields.operator.scaledRate == null) {
                TileKernels.addProducts(
                        byExponent, slope.exponent()[0], byCrowding, slope.crowding()[0], byRate[tile], from, to);
            } else {
                double[] z = fields.operator.scaledRate[tile];
                TileReaction.evaluate(slope.exponent(), z, w.exponent, from, to);
                TileReaction.evaluate(slope.crowding(), z, w.crowding, from, to);
                TileKernels.addProducts(byExponent, w.exponent, byCrowding, w.crowding, byRate[tile], from, to);
            }
            sum(tile, byExponent, ofExponent[tile], w, from, to);
            sum(tile, byCrowding, ofCrowding[tile], w, from, to);
        }

        @Override
        public void close() {
            double[] exponents = total(ofExponent, ofExponent[0].length);
            double[] crowdings = total(ofCrowding, ofCrowding[0].length);
            byCapacity -= product(step.crowding(), crowdings) / capacity;
            for (int d = 0; d < along.length; d++) {
                byDirection[d] += product(along[d].exponent(), exponents) + product(along[d].crowding(), crowdings);
            }
        }
    }

    /** The reaction over a stretch of time, to be taken back. */
    Stretch stretch(ReactionStep step, double from, double to) {
        return new Stretch(step, from, to);
    }

    /**
     * Takes a reaction back.
     *
     * @param before density before it
     * @param cotangent derivative with respect to the density after it; afterwards to that before it
     */
    void reverse(React react, double[][] before, double[][] cotangent) {
        ReactionStep step = react.step();
        double[][] ofPlaces = new double[fields.tiles.count][directions.size()];
        try (Stretch stretch = stretch(step, react.from(), react.to())) {
            ReactionStep[] along = stretch.along;
            boolean placed = Arrays.stream(along).anyMatch(a -> a.second().length > 0);
            fields.each((tile, w) -> {
                int from = fields.tiles.from[tile];
                int to = fields.tiles.to[tile];
                double[] c = cotangent[tile];
                double[] v = before[tile];
                if (step.first().length > 0) {
                    v = w.before;
                    fields.reaction.kill(tile, before[tile], v, step.first(), from, to);
                }
                if (placed) {
                    fields.reaction.react(tile, before[tile], w.byExponent, step, w, from, to);
                    places(tile, w.byExponent, c, along, false, ofPlaces[tile]);
                }
                if (step.second().length > 0) {
                    fields.reaction.kill(tile, c, c, step.second(), from, to);
                }
                grow(tile, v, step, c, w, from, to);
                stretch.add(tile, w.byExponent, w.sum, w, from, to);
                places(tile, v, c, along, true, ofPlaces[tile]);
                if (step.first().length > 0) {
                    fields.reaction.kill(tile, c, c, step.first(), from, to);
                }
            });
        }
        double[] places = total(ofPlaces, directions.size());
        for (int d = 0; d < places.length; d++) {
            byDirection[d] += places[d];
        }
    }

    /** How many powers of the scaled rate are needed. */
    private static int moments(ReactionStep step, ReactionStep slope, ReactionStep[] along) {
        int most = Math.max(step.crowding().length, slope.crowding().length);
        for (ReactionStep a : along) {
            most = Math.max(most, Math.max(a.exponent().length, a.crowding().length));
        }
        return most;
    }

    /** Takes growth back; leaves the derivatives by E in the workspace's array of that name and those by I in its sum. */
    void grow(int tile, double[] v, ReactionStep step, double[] c, TileOperator.Workspace w, int from, int to) {
        if (step.uniform()) {
            TileKernels.reverseReact(v, step.exponent()[0], step.crowding()[0], c, w.byExponent, w.sum, from, to);
        } else {
            evaluate(tile, step, w, from, to);
            TileKernels.reverseReact(v, w.exponent, w.crowding, c, w.byExponent, w.sum, from, to);
        }
    }

    /** E and I of each voxel, into the arrays of the workspace of these names. */
    void evaluate(int tile, ReactionStep step, TileOperator.Workspace w, int from, int to) {
        double[] z = fields.operator.scaledRate[tile];
        TileReaction.evaluate(step.exponent(), z, w.exponent, from, to);
        TileReaction.evaluate(step.crowding(), z, w.crowding, from, to);
    }

    /** Adds sums of the values times each power of the scaled rate; the values are used up. */
    private void sum(int tile, double[] values, double[] moments, TileOperator.Workspace w, int from, int to) {
        double[] copy = w.exponent;
        for (int k = 0; k < moments.length; k++) {
            if (k > 0) {
                TileKernels.multiply(values, fields.operator.scaledRate[tile], from, to);
            }
            System.arraycopy(values, from, copy, from, to - from);
            moments[k] += TileKernels.sum(copy, from, to);
        }
    }

    /** What killing that differs from place to place adds along each direction: -(u times its derivative) times the integral of the change of the rate. */
    private void places(int tile, double[] u, double[] cotangent, ReactionStep[] along, boolean first, double[] sums) {
        for (int d = 0; d < along.length; d++) {
            double[] integrals = first ? along[d].first() : along[d].second();
            List<Field> ofDirection = weights.get(d);
            if (integrals.length > 0) {
                int[] voxels = fields.tiles.voxels[tile];
                int[] places = fields.tiles.places[tile];
                for (int n = 0; n < voxels.length; n++) {
                    double change = 0;
                    for (int s = 0; s < integrals.length; s++) {
                        change += integrals[s] * ofDirection.get(s).value(voxels[n]);
                    }
                    sums[d] -= cotangent[places[n]] * u[places[n]] * change;
                }
            }
        }
    }

    private static double[] total(double[][] ofTiles, int length) {
        double[] total = new double[length];
        for (double[] ofTile : ofTiles) {
            for (int k = 0; k < length; k++) {
                total[k] += ofTile[k];
            }
        }
        return total;
    }

    private static double product(double[] coefficients, double[] moments) {
        return IntStream.range(0, coefficients.length)
                .mapToDouble(k -> coefficients[k] * moments[k])
                .sum();
    }
}
