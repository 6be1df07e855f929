package org.oncotwin.solver.grid;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.ReactionFlow;
import org.oncotwin.solver.grid.scheme.Splitting;
import org.oncotwin.solver.grid.scheme.SplittingMethod;

/**
 * The derivative of one solution with prescribed steps, backwards step by step (discrete adjoint; Griewank and Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, chapters 3
 * and 12). Fields at the starts of steps are kept as far as the memory allows: of all steps, or of every m-th and then of the m steps of one stretch at a time, which are taken
 * a second time.
 */
final class GridPullBack {

    private final ReactionDiffusionPullBack question;
    private final ReactionDiffusionProblem problem;
    private final Medium medium;
    private final Execution execution;
    private final TileFields fields;
    private final Splitting splitting;
    private final SplittingMethod method;
    private final ReverseReaction reaction;
    private final ReverseDiffusion diffusion;
    private final StepSequence steps;
    private final BitSet taken = new BitSet();
    private final BitSet bounded = new BitSet();
    private final double largest;

    GridPullBack(ReactionDiffusionPullBack question, TileOperator operator, ThreadTeam team, Execution execution) {
        this.question = question;
        this.problem = question.problem();
        this.medium = problem.medium();
        this.execution = execution;
        this.steps = problem.steps().prescribed().orElseThrow();
        ReactionFlow flow = new ReactionFlow(problem, operator.rates);
        Weights.check(problem, flow.weights());
        this.fields = new TileFields(operator, medium, flow.weights(), team);
        this.splitting = new Splitting(problem, flow, operator.largestLoss);
        double most = fields.load(problem.initial(), problem.interval().start().days());
        this.largest = Math.max(problem.carryingCapacity(), most);
        this.method = new SplittingMethod(problem, splitting, flow, most, fields, execution.cancellation());
        this.reaction = new ReverseReaction(fields, medium, flow, problem.carryingCapacity(), question.directions());
        this.diffusion = new ReverseDiffusion(fields);
    }

    ReactionDiffusionGradient gradient() {
        double[][] cotangent = fields.take();
        fields.each((tile, w) -> {
            double[] target = cotangent[tile];
            Arrays.fill(target, 0);
            fields.tiles.visit(
                    medium,
                    tile,
                    (index, place) -> target[place] = question.cotangent().value(index));
        });
        fields.watchBounds();
        int count = steps.count();
        int stretch = stretch(count);
        Deque<double[][]> starts = new ArrayDeque<>();
        for (int n = 0; n < count; n++) {
            if (n % stretch == 0) {
                starts.push(copyOfAccepted());
            }
            if (n < (count - 1) / stretch * stretch) {
                take(n);
            }
        }
        int end = count;
        while (!starts.isEmpty()) {
            double[][] start = starts.pop();
            int first = (end - 1) / stretch * stretch;
            reverse(start, first, end, cotangent);
            end = first;
        }
        return result(cotangent);
    }

    /** Takes a step from the accepted field and notes whether a bound changed a value. */
    private void take(int step) {
        method.take(steps, step);
        taken.set(step);
        bounded.set(step, fields.wasBounded());
    }

    private double[][] copyOfAccepted() {
        double[][] copy = fields.take();
        fields.copy(fields.accepted(), copy);
        return copy;
    }

    /** Goes forward from the start of a stretch of steps keeping the field before each, and back. */
    private void reverse(double[][] start, int first, int end, double[][] cotangent) {
        Deque<double[][]> before = new ArrayDeque<>();
        before.push(start);
        fields.restore(start);
        for (int n = first; n < end; n++) {
            if (n < end - 1) {
                take(n);
                before.push(copyOfAccepted());
            } else if (!taken.get(n)) {
                take(n);
            }
        }
        for (int n = end - 1; n >= first; n--) {
            double[][] from = before.pop();
            reverse(from, n, cotangent);
            fields.give(from);
        }
    }

    /** Takes one step back. */
    private void reverse(double[][] from, int step, double[][] cotangent) {
        double begin = method.begin(steps, step);
        double end = steps.end(step);
        double[] weights = splitting.best();
        if (bounded.get(step)) {
            mask(from, begin, end, cotangent);
        }
        double[][] sum = fields.take();
        double[][] ofRow = fields.take();
        fields.each((tile, w) ->
                TileKernels.scale(cotangent[tile], 0, sum[tile], fields.tiles.from[tile], fields.tiles.to[tile]));
        for (int row = 1; row <= splitting.rows(); row++) {
            double weight = weights[row - 1];
            fields.each((tile, w) -> TileKernels.scale(
                    cotangent[tile], weight, ofRow[tile], fields.tiles.from[tile], fields.tiles.to[tile]));
            new Tape(fields, splitting.row(row, begin, end), from, execution.cancellation())
                    .reverse(ofRow, reaction, diffusion, execution.cancellation());
            fields.each((tile, w) ->
                    TileKernels.addScaled(ofRow[tile], 1, sum[tile], fields.tiles.from[tile], fields.tiles.to[tile]));
        }
        fields.copy(sum, cotangent);
        fields.give(sum);
        fields.give(ofRow);
    }

    /** Where a bound was put in the place of a value, nothing depends on the value. */
    private void mask(double[][] from, double begin, double end, double[][] cotangent) {
        double[] weights = splitting.best();
        double[][] value = fields.take();
        fields.each((tile, w) ->
                TileKernels.scale(from[tile], 0, value[tile], fields.tiles.from[tile], fields.tiles.to[tile]));
        for (int row = splitting.rows(); row >= 1; row--) {
            Tape tape = new Tape(fields, splitting.row(row, begin, end), from, execution.cancellation());
            double weight = weights[row - 1];
            fields.each((tile, w) -> TileKernels.addScaled(
                    tape.result()[tile], weight, value[tile], fields.tiles.from[tile], fields.tiles.to[tile]));
            tape.discard();
        }
        fields.each((tile, w) -> {
            for (int i = fields.tiles.from[tile]; i < fields.tiles.to[tile]; i++) {
                if (value[tile][i] < 0 || value[tile][i] > largest) {
                    cotangent[tile][i] = 0;
                }
            }
        });
        fields.give(value);
    }

    /** Steps between two fields that are kept. */
    private int stretch(int count) {
        long field = fields.tiles.bytes();
        long tape = tape();
        long room = question.memory() / field - tape;
        int shortest = (int) Math.ceil(Math.sqrt(count));
        int least = shortest + (count + shortest - 1) / shortest;
        if (room >= count + 1) {
            return count;
        }
        if (room < least) {
            throw new SolverException("to differentiate " + count + " steps on " + fields.tiles.nx + " x "
                    + fields.tiles.perPlane * Tiles.LANES + " x " + fields.tiles.nz + " voxels takes at least "
                    + (least + tape) * field / (1 << 20) + " MiB of memory; allowed are "
                    + question.memory() / (1 << 20) + " MiB");
        }
        return shortest;
    }

    /** Fields in use at once beside those at the starts of steps. */
    private long tape() {
        long most = 0;
        double longest = 0;
        for (int n = 0; n < steps.count(); n++) {
            double begin = method.begin(steps, n);
            if (steps.end(n) - begin > longest) {
                longest = steps.end(n) - begin;
                most = splitting.row(splitting.rows(), begin, steps.end(n)).stream()
                        .mapToLong(o -> o instanceof Splitting.Diffuse d
                                ? d.polynomial().applications()
                                : 1)
                        .sum();
            }
        }
        // Beside the tape: cotangents, sums, the accepted field and its rows, and the derivatives by rate and coupling.
        return most + 8 + splitting.rows() + 1 + diffusion.byCoupling.length;
    }

    private ReactionDiffusionGradient result(double[][] cotangent) {
        DiffusionGradient byDiffusion = new DiffusionGradient(medium, fields.tiles, diffusion.byCoupling);
        double[] ofClass = medium.proliferation();
        double[] proliferation = new double[ofClass.length];
        double[] byRate = fields.store(reaction.byRate).toArray();
        for (int index = 0; index < byRate.length; index++) {
            if (medium.contains(index)) {
                int c = medium.classOf(index);
                proliferation[c] +=
                        byRate[index] * medium.relativeProliferation().at(index);
                byRate[index] *= ofClass[c];
            }
        }
        return new ReactionDiffusionGradient(
                fields.store(cotangent),
                byDiffusion.byClass(),
                proliferation,
                reaction.byCapacity(),
                reaction.byDirection(),
                question.maps() ? Optional.of(byDiffusion.map()) : Optional.empty(),
                question.maps() ? Optional.of(Field.owning(medium.grid(), byRate)) : Optional.empty(),
                (fields.made() + 1L + diffusion.byCoupling.length) * fields.tiles.bytes());
    }
}
