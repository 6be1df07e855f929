package org.oncotwin.solver.grid;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial.Stage;
import org.oncotwin.solver.grid.scheme.FieldOperations;
import org.oncotwin.solver.grid.scheme.ReactionStep;

/** Fields in tiles, on which the members of a team work side by side. Whatever the number of members, each value is computed by the same operations in the same order. */
final class TileFields implements FieldOperations, AutoCloseable {

    /** Tiles that a member takes at once. */
    private static final int AT_ONCE = 4;

    /** Distance of two counters, so that they stand in different lines of the cache. */
    private static final int APART = 32;

    final TileOperator operator;
    final Tiles tiles;
    private final ThreadTeam team;
    final TileReaction reaction;
    private final Medium medium;
    private final int[] share;
    private final TileOperator.Workspace[] workspaces;

    /** Next tile of each member that nobody has taken. */
    private final AtomicIntegerArray next;

    private final double[] sums;
    private final double[] differences;
    private final Deque<double[][]> spare = new ArrayDeque<>();
    private final List<double[][]> rows = new ArrayList<>();
    private final List<double[][]> taken = new ArrayList<>();
    private double[][] accepted;
    private double[][] working;

    TileFields(TileOperator operator, Medium medium, List<Field> weights, ThreadTeam team) {
        this.operator = operator;
        this.tiles = operator.tiles;
        this.medium = medium;
        this.team = team;
        this.reaction = new TileReaction(operator, weights);
        this.share = tiles.share(team.size());
        this.workspaces = new TileOperator.Workspace[team.size()];
        for (int m = 0; m < workspaces.length; m++) {
            workspaces[m] = new TileOperator.Workspace(tiles);
        }
        next = new AtomicIntegerArray(team.size() * APART);
        sums = new double[tiles.count];
        differences = new double[tiles.count];
        accepted = take();
        working = accepted;
    }

    /** Something done with a tile by one member. */
    @FunctionalInterface
    interface TileWork {

        /** Called once for each tile that is not empty. */
        void on(int tile, TileOperator.Workspace workspace);
    }

    /** Has the team go through all tiles. Who is done with its own helps the others, for the system may take a processor away at any time. */
    void each(TileWork work) {
        for (int member = 0; member < workspaces.length; member++) {
            next.set(member * APART, share[member]);
        }
        IntConsumer part = member -> {
            for (int n = 0; n < workspaces.length; n++) {
                goThrough((member + n) % workspaces.length, work, workspaces[member]);
            }
        };
        team.all(part);
    }

    /** Does what is left of the tiles of a member, some at a time. */
    private void goThrough(int member, TileWork work, TileOperator.Workspace workspace) {
        int end = share[member + 1];
        for (int first = next.getAndAdd(member * APART, AT_ONCE);
                first < end;
                first = next.getAndAdd(member * APART, AT_ONCE)) {
            for (int tile = first; tile < Math.min(end, first + AT_ONCE); tile++) {
                if (!tiles.isEmpty(tile)) {
                    work.on(tile, workspace);
                }
            }
        }
    }

    /**
     * Takes over the accepted field.
     *
     * @return the largest value
     * @throws SolverException naming the first voxel that is negative or not finite
     */
    double load(Field field, double day) {
        int[] worst = new int[tiles.count];
        each((tile, w) -> {
            double[] target = accepted[tile];
            Arrays.fill(target, tiles.from[tile], tiles.to[tile], 0);
            worst[tile] = -1;
            int[] voxels = tiles.voxels[tile];
            int[] places = tiles.places[tile];
            double largest = 0;
            for (int n = 0; n < voxels.length; n++) {
                double value = field.value(voxels[n]);
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY) && worst[tile] < 0) {
                    worst[tile] = voxels[n];
                }
                target[places[n]] = value;
                largest = Math.max(largest, value);
            }
            sums[tile] = largest;
        });
        double largest = 0;
        for (int tile = 0; tile < tiles.count; tile++) {
            if (!tiles.isEmpty(tile)) {
                if (worst[tile] >= 0) {
                    throw new SolverException("on day " + day + " the initial density is " + field.value(worst[tile])
                            + " at voxel " + Tiles.place(medium.grid(), worst[tile])
                            + "; it must be finite and not negative");
                }
                largest = Math.max(largest, sums[tile]);
            }
        }
        return largest;
    }

    /** The accepted field in the order of the grid, 0 outside the medium. */
    double[] store() {
        return store(accepted);
    }

    /** A field in the order of the grid, 0 outside the medium. */
    double[] store(double[][] field) {
        double[] values = new double[medium.grid().size()];
        each((tile, w) -> {
            double[] source = field[tile];
            int[] voxels = tiles.voxels[tile];
            int[] places = tiles.places[tile];
            for (int n = 0; n < voxels.length; n++) {
                values[voxels[n]] = source[places[n]];
            }
        });
        return values;
    }

    /** Sums of a field times a factor over the voxels of each class of the medium. */
    double[] sumOverClasses(double[][] field, SpatialValue factor) {
        // Two sums per class in turn, so that no addition waits for the one before.
        double[][] ofTiles = new double[tiles.count][2 * medium.classes()];
        double everywhere = factor instanceof SpatialValue.Uniform uniform ? uniform.value() : Double.NaN;
        each((tile, w) -> {
            double[] sums = ofTiles[tile];
            double[] values = field[tile];
            int[] voxels = tiles.voxels[tile];
            int[] places = tiles.places[tile];
            for (int n = 0; n < voxels.length; n++) {
                double weight = Double.isNaN(everywhere) ? factor.at(voxels[n]) : everywhere;
                sums[2 * medium.classOf(voxels[n]) + n % 2] += values[places[n]] * weight;
            }
        });
        double[] sums = new double[medium.classes()];
        for (double[] ofTile : ofTiles) {
            for (int c = 0; c < sums.length; c++) {
                sums[c] += ofTile[2 * c] + ofTile[2 * c + 1];
            }
        }
        return sums;
    }

    /** True if a value of the accepted field is below 0 or above a bound. */
    boolean leaves(double largest) {
        return leaves(accepted, largest);
    }

    /** True if a value of a field is below 0 or above a bound. */
    boolean leaves(double[][] field, double largest) {
        boolean[] out = new boolean[tiles.count];
        each((tile, w) -> {
            double[] values = field[tile];
            for (int i = tiles.from[tile]; i < tiles.to[tile]; i++) {
                out[tile] |= values[i] < 0 || values[i] > largest;
            }
        });
        for (boolean one : out) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void begin() {
        working = accepted;
    }

    @Override
    public void react(ReactionStep step) {
        double[][] from = working;
        double[][] out = working == accepted ? take() : working;
        each((tile, w) -> {
            for (int chunk = tiles.from[tile]; chunk < tiles.to[tile]; chunk += TileOperator.CHUNK) {
                int end = Math.min(tiles.to[tile], chunk + TileOperator.CHUNK);
                reaction.react(tile, from[tile], out[tile], step, w, chunk, end);
            }
        });
        working = out;
    }

    @Override
    public void diffuse(DiffusionPolynomial diffusion) {
        diffuse(diffusion, null);
    }

    @Override
    public void diffuseAndReact(DiffusionPolynomial diffusion, ReactionStep step) {
        if (diffusion.stages().isEmpty()) {
            react(step);
        } else {
            diffuse(diffusion, step);
        }
    }

    private void diffuse(DiffusionPolynomial diffusion, ReactionStep last) {
        List<Stage> stages = diffusion.stages();
        for (int part = 0; part < diffusion.parts() && !stages.isEmpty(); part++) {
            double[][] start = working;
            double[][] before = null;
            double[][] now = start;
            for (int s = 0; s < stages.size(); s++) {
                double[][] out = s < 2 ? take() : before;
                boolean ends = s == stages.size() - 1 && part == diffusion.parts() - 1;
                stage(start, now, out, stages.get(s), ends ? last : null);
                before = now;
                now = out;
            }
            if (before != start) {
                give(before);
            }
            give(start);
            working = now;
        }
    }

    private void stage(double[][] start, double[][] v, double[][] out, Stage stage, ReactionStep last) {
        each((tile, w) -> {
            operator.stage(tile, start, v, out, stage, w);
            if (last != null) {
                reaction.react(tile, out[tile], out[tile], last, w, tiles.from[tile], tiles.to[tile]);
            }
        });
    }

    @Override
    public void keep(int row) {
        while (rows.size() <= row) {
            rows.add(null);
        }
        if (working == accepted) {
            throw new IllegalStateException("the accepted field cannot be a row");
        }
        give(rows.get(row));
        rows.set(row, working);
        working = accepted;
    }

    @Override
    public double combine(double[] best, double[] lower) {
        int last = best.length - 1;
        each((tile, w) -> {
            double[] candidate = rows.get(last)[tile];
            double[] next = w.neighbours;
            double[] value = w.weights;
            int from = tiles.from[tile];
            int to = tiles.to[tile];
            TileKernels.scale(candidate, best[last], value, from, to);
            TileKernels.scale(candidate, lower[last], next, from, to);
            for (int row = 0; row < last; row++) {
                TileKernels.addScaled(rows.get(row)[tile], best[row], value, from, to);
                if (lower[row] != 0) {
                    TileKernels.addScaled(rows.get(row)[tile], lower[row], next, from, to);
                }
            }
            System.arraycopy(value, from, candidate, from, to - from);
            TileKernels.difference(candidate, next, from, to);
            sums[tile] = TileKernels.sum(value, from, to);
            differences[tile] = TileKernels.sum(next, from, to);
        });
        double sum = 0;
        double difference = 0;
        for (int tile = 0; tile < tiles.count; tile++) {
            if (!tiles.isEmpty(tile)) {
                sum += sums[tile];
                difference += differences[tile];
            }
        }
        return difference == 0 && sum == 0 ? 0 : difference / Math.abs(sum);
    }

    @Override
    public void accept() {
        int last = rows.size() - 1;
        double[][] before = accepted;
        accepted = rows.get(last);
        rows.set(last, before);
        working = accepted;
    }

    /** Another field becomes the accepted one; returns the storage of the one before. */
    double[][] exchange(double[][] field) {
        double[][] before = accepted;
        accepted = field;
        working = accepted;
        return before;
    }

    /** The accepted field, tile by tile; not to be written. */
    double[][] accepted() {
        return accepted;
    }

    /** Copies a field into another. */
    void copy(double[][] from, double[][] to) {
        each((tile, w) ->
                System.arraycopy(from[tile], tiles.from[tile], to[tile], tiles.from[tile], tiles.swept(tile)));
    }

    /** Copies a field into the accepted one. */
    void restore(double[][] field) {
        copy(field, accepted);
        working = accepted;
    }

    /** Storage for a field. What it holds is left over from earlier use, save outside the spans, where it is 0. */
    double[][] take() {
        if (spare.isEmpty()) {
            double[][] field = operator.pool.take();
            taken.add(field);
            return field;
        }
        return spare.pop();
    }

    /** Storage for a field of zeros. */
    double[][] zero() {
        double[][] field = take();
        each((tile, w) -> Arrays.fill(field[tile], tiles.from[tile], tiles.to[tile], 0));
        return field;
    }

    /** Number of fields that are or were in use at once. */
    int taken() {
        return taken.size();
    }

    /** Gives the storage of all fields back. */
    @Override
    public void close() {
        taken.forEach(operator.pool::give);
    }

    /** Gives storage back. */
    void give(double[][] field) {
        if (field != null && field != accepted) {
            spare.push(field);
        }
    }
}
