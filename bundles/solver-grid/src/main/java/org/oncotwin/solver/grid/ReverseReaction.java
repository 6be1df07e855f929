package org.oncotwin.solver.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionPullBack.Direction;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.solver.grid.scheme.InteractionPicture;
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
        private final List<Local> locals;
        private final double[][] ofExponent;
        private final double[][] ofCrowding;
        private final double[][] ofLocals;

        private Stretch(ReactionStep step, ReactionStep slope, ReactionStep[] along, List<Local> locals) {
            this.step = step;
            this.slope = slope;
            this.along = along;
            this.locals = locals;
            ofLocals = new double[locals.isEmpty() ? 0 : fields.tiles.count][directions.size()];
            int moments = moments(step, slope, along);
            ofExponent = new double[fields.tiles.count][moments];
            ofCrowding = new double[fields.tiles.count][moments];
        }

        /** Takes derivatives by E and by I between two places of a tile; both arrays are used up. */
        void add(int tile, double[] byExponent, double[] byCrowding, TileOperator.Workspace w, int from, int to) {
            for (Local local : locals) {
                ofLocals[tile][local.direction] += local(tile, local, byExponent, byCrowding, w, from, to);
            }
            if (fields.operator.scaledRate == null) {
                TileKernels.addProducts(
                        byExponent, slope.exponent()[0], byCrowding, slope.crowding()[0], byRate[tile], from, to);
            } else {
                evaluate(tile, slope, w, from, to);
                TileKernels.addProducts(byExponent, w.exponent, byCrowding, w.crowding, byRate[tile], from, to);
            }
            sum(tile, byExponent, ofExponent[tile], w, from, to);
            sum(tile, byCrowding, ofCrowding[tile], w, from, to);
        }

        private double local(
                int tile,
                Local local,
                double[] byExponent,
                double[] byCrowding,
                TileOperator.Workspace w,
                int from,
                int to) {
            evaluate(tile, local.everywhere, w, from, to);
            int[] voxels = fields.tiles.voxels[tile];
            int[] places = fields.tiles.places[tile];
            double sum = 0;
            for (int n = fields.tiles.firstVoxel(tile, from); n < places.length && places[n] < to; n++) {
                int p = places[n];
                sum += local.weight.value(voxels[n]) * (byExponent[p] * w.exponent[p] + byCrowding[p] * w.crowding[p]);
            }
            return sum;
        }

        @Override
        public void close() {
            double[] exponents = total(ofExponent, ofExponent[0].length);
            double[] crowdings = total(ofCrowding, ofCrowding[0].length);
            byCapacity -= product(step.crowding(), crowdings) / capacity;
            for (int d = 0; d < along.length; d++) {
                byDirection[d] += product(along[d].exponent(), exponents) + product(along[d].crowding(), crowdings);
            }
            double[] local = total(ofLocals, directions.size());
            for (int d = 0; d < local.length; d++) {
                byDirection[d] += local[d];
            }
        }
    }

    /**
     * Part of a direction that differs from place to place.
     *
     * @param everywhere what its rate would do to E and I if it were the same everywhere
     */
    private record Local(int direction, ReactionStep everywhere, Field weight) {}

    /**
     * The reactions to the stages of a step, but the first, and to its end, to be taken back. In them no kill differs from place to place; in directions it may, for E and I of a
     * voxel then change by their part.
     */
    Stretch[] stretches(InteractionPicture picture, ReactionStep[] steps, double from, double to) {
        ReactionStep[] slopes = picture.flows(flow.slopes(), from, to);
        ReactionStep[][] along = directions.stream()
                .map(d -> picture.flows(flow.along(d), from, to))
                .toArray(ReactionStep[][]::new);
        Local[][] locals = locals(picture, from, to);
        Stretch[] stretches = new Stretch[steps.length];
        for (int i = 1; i < steps.length; i++) {
            int stage = i;
            stretches[i] = new Stretch(
                    steps[i],
                    slopes[i],
                    Arrays.stream(along).map(a -> a[stage]).toArray(ReactionStep[]::new),
                    Arrays.stream(locals).map(l -> l[stage]).toList());
        }
        return stretches;
    }

    private Local[][] locals(InteractionPicture picture, double from, double to) {
        List<Local[]> locals = new ArrayList<>();
        for (int d = 0; d < directions.size(); d++) {
            for (Sink sink : directions.get(d).sinks()) {
                if (sink.weight() instanceof SpatialValue.Varying varying) {
                    int direction = d;
                    Sink everywhere = new Sink(sink.rate(), SpatialValue.uniform(1));
                    Direction one = new Direction(TimeFunction.constant(0), List.of(everywhere));
                    locals.add(Arrays.stream(picture.flows(flow.along(one), from, to))
                            .map(change -> new Local(direction, change, varying.field()))
                            .toArray(Local[]::new));
                }
            }
        }
        return locals.toArray(Local[][]::new);
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
        ReactionStep slope = flow.byRate(react.from(), react.to());
        ReactionStep[] along = directions.stream()
                .map(d -> flow.along(d, react.from(), react.to()))
                .toArray(ReactionStep[]::new);
        try (Stretch stretch = new Stretch(step, slope, along, List.of())) {
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
        fields.reaction.evaluate(tile, step.exponent(), w.exponent, from, to);
        fields.reaction.evaluate(tile, step.crowding(), w.crowding, from, to);
    }

    /** Adds sums of the values times each power of the scaled rate; the values are used up. */
    private void sum(int tile, double[] values, double[] moments, TileOperator.Workspace w, int from, int to) {
        double[] copy = w.exponent;
        int last = moments.length - 1;
        for (int k = 0; k < last; k++) {
            System.arraycopy(values, from, copy, from, to - from);
            moments[k] += TileKernels.sum(copy, from, to);
            TileKernels.multiply(values, fields.operator.scaledRate[tile], from, to);
        }
        moments[last] += TileKernels.sum(values, from, to);
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
