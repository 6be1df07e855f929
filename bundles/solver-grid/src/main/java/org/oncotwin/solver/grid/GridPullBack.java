package org.oncotwin.solver.grid;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.Confinement;
import org.oncotwin.solver.grid.scheme.InteractionPicture;
import org.oncotwin.solver.grid.scheme.ReactionFlow;
import org.oncotwin.solver.grid.scheme.Splitting;
import org.oncotwin.solver.grid.scheme.SplittingMethod;
import org.oncotwin.solver.grid.scheme.StepSizeControl;

/**
 * The derivative of one solution with prescribed steps, backwards step by step (discrete adjoint; Griewank and Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, chapters 3
 * and 12). What the memory allows is kept: the stages of all steps, or the fields at the starts of all steps, or of every m-th and then of the m steps of one stretch at a time; the less,
 * the more often steps are taken again.
 */
final class GridPullBack implements AutoCloseable {

    private final ReactionDiffusionPullBack question;
    private final ReactionDiffusionProblem problem;
    private final Medium medium;
    private final TileFields fields;
    private final StepSizeControl method;
    private final ReverseStep back;

    /** The way back of Runge-Kutta steps, whose stages may be kept on the way forward. */
    private final Optional<ReverseRungeKutta> stages;

    private final ReverseReaction reaction;
    private final ReverseDiffusion diffusion;
    private final StepSequence steps;
    private final double largest;

    GridPullBack(ReactionDiffusionPullBack question, TileOperator operator, ThreadTeam team, Execution execution) {
        this.question = question;
        this.problem = question.problem();
        this.medium = problem.medium();
        this.steps = problem.steps().prescribed().orElseThrow();
        ReactionFlow flow = new ReactionFlow(problem, operator.rates);
        Weights.check(problem, flow.weights());
        this.fields = new TileFields(operator, medium, flow.weights(), team);
        double most = fields.load(problem.initial(), problem.interval().start().days());
        this.largest = Math.max(problem.carryingCapacity(), most);
        this.reaction = new ReverseReaction(fields, flow, problem.carryingCapacity(), question.directions());
        this.diffusion = new ReverseDiffusion(fields);
        Cancellation cancellation = execution.cancellation();
        Optional<InteractionPicture> picture = InteractionPicture.of(problem, flow, operator.largestLoss);
        if (picture.isPresent()) {
            this.method = new StepSizeControl(problem, new RungeKuttaMethod(picture.get(), fields, cancellation));
            ReverseRungeKutta reverse = new ReverseRungeKutta(fields, picture.get(), reaction, diffusion, cancellation);
            this.back = reverse;
            this.stages = Optional.of(reverse);
        } else {
            Splitting splitting = new Splitting(problem, flow, operator.largestLoss);
            this.method = new StepSizeControl(problem, new SplittingMethod(splitting, flow, fields, cancellation));
            this.back = new ReverseSplitting(fields, splitting, reaction, diffusion, cancellation);
            this.stages = Optional.empty();
        }
    }

    ReactionDiffusionGradient gradient() {
        if (stages.isPresent() && room() >= steps.count() * (stages.get().fieldsOfTrace() + 1)) {
            return once(stages.get());
        }
        return again();
    }

    /** Takes every step once and keeps its stages. */
    private ReactionDiffusionGradient once(ReverseRungeKutta reverse) {
        Deque<ReverseRungeKutta.Trace> traces = new ArrayDeque<>();
        int count = steps.count();
        double[][] from = fields.accepted();
        for (int n = 0; n < count; n++) {
            if (n > 0) {
                from = fields.take();
                reverse.result(traces.peek(), from);
            }
            traces.push(reverse.trace(from, method.begin(steps, n), steps.end(n)));
        }
        double[][] cotangent = fields.take();
        for (int n = count - 1; n >= 0; n--) {
            ReverseRungeKutta.Trace trace = traces.pop();
            reverse.reverse(
                    trace, steps.end(n), cotangent, n == count - 1 ? density -> enter(density, cotangent) : null);
            fields.give(trace.densities()[0]);
        }
        return result(cotangent);
    }

    /** Takes every step twice, or more often where memory is short. */
    private ReactionDiffusionGradient again() {
        int count = steps.count();
        int stretch = stretch(count);
        Deque<double[][]> starts = new ArrayDeque<>();
        for (int n = 0; n < count; n++) {
            if (n % stretch == 0) {
                starts.push(copyOfAccepted());
            }
            if (n < (count - 1) / stretch * stretch) {
                method.take(steps, n);
            }
        }
        double[][] cotangent = fields.take();
        int end = count;
        while (!starts.isEmpty()) {
            double[][] start = starts.pop();
            int first = (end - 1) / stretch * stretch;
            reverse(start, first, end, cotangent);
            end = first;
        }
        return result(cotangent);
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
        for (int n = first; n < end - 1; n++) {
            method.take(steps, n);
            before.push(copyOfAccepted());
        }
        for (int n = end - 1; n >= first; n--) {
            double[][] from = before.pop();
            reverse(from, n, cotangent);
            fields.give(from);
        }
    }

    /** Takes one step back. The last step needs its result, for that is what is brought into range. */
    private void reverse(double[][] from, int step, double[][] cotangent) {
        double begin = method.begin(steps, step);
        double end = steps.end(step);
        if (step == steps.count() - 1) {
            back.reverse(from, begin, end, cotangent, result -> enter(result, cotangent));
        } else {
            back.reverse(from, begin, end, cotangent);
        }
    }

    /** The derivative asked for, taken back through the confinement of the density to its range. */
    private void enter(double[][] result, double[][] cotangent) {
        Field derivative = fields.leaves(result, largest) ? confined(fields.store(result)) : question.cotangent();
        fields.each((tile, w) -> {
            double[] target = cotangent[tile];
            Arrays.fill(target, fields.tiles.from[tile], fields.tiles.to[tile], 0);
            int[] voxels = fields.tiles.voxels[tile];
            int[] places = fields.tiles.places[tile];
            for (int n = 0; n < voxels.length; n++) {
                target[places[n]] = derivative.value(voxels[n]);
            }
        });
    }

    private Field confined(double[] density) {
        double[] derivative = question.cotangent().toArray();
        new Confinement(medium, largest, density).pullBack(density, derivative);
        return Field.owning(medium.grid(), derivative);
    }

    /** Steps between two fields that are kept. */
    private int stretch(int count) {
        long field = fields.tiles.bytes();
        long tape = tape();
        long room = room();
        int shortest = (int) Math.ceil(Math.sqrt(count));
        int least = shortest + (count + shortest - 1) / shortest;
        if (room >= count + 1) {
            return count;
        }
        if (room < least) {
            throw new SolverException("to differentiate " + count + " steps on " + fields.tiles.nx + " x "
                    + fields.tiles.perPlane * Tiles.LANES + " x " + fields.tiles.nz + " voxels takes at least "
                    + (((least + tape) * field >> 20) + 1) + " MiB of memory; allowed are "
                    + question.memory() / 1048576.0 + " MiB");
        }
        return shortest;
    }

    /** Fields that may be kept beside those in use at once. */
    private long room() {
        return question.memory() / fields.tiles.bytes() - tape();
    }

    /** Fields in use at once beside those at the starts of steps. */
    private long tape() {
        double[] days = new double[steps.count() + 1];
        days[0] = method.begin(steps, 0);
        for (int n = 0; n < steps.count(); n++) {
            days[n + 1] = steps.end(n);
        }
        // Beside those of a step: the accepted field, the cotangent, and the derivatives by rate and coupling.
        return back.fields(days) + 3 + diffusion.byCoupling.length;
    }

    private ReactionDiffusionGradient result(double[][] cotangent) {
        DiffusionGradient byDiffusion = new DiffusionGradient(fields, medium, diffusion.byCoupling);
        return new ReactionDiffusionGradient(
                Field.owning(medium.grid(), fields.store(cotangent)),
                byDiffusion.byClass(),
                fields.sumOverClasses(reaction.byRate, medium.relativeProliferation()),
                reaction.byCapacity(),
                reaction.byDirection(),
                question.maps() ? Optional.of(byDiffusion.map()) : Optional.empty(),
                question.maps() ? Optional.of(proliferationMap()) : Optional.empty(),
                fields.taken() * fields.tiles.bytes());
    }

    private Field proliferationMap() {
        double[] byRate = fields.store(reaction.byRate);
        double[] ofClass = medium.proliferation();
        for (int index = 0; index < byRate.length; index++) {
            byRate[index] *= medium.contains(index) ? ofClass[medium.classOf(index)] : 0;
        }
        return Field.owning(medium.grid(), byRate);
    }

    @Override
    public void close() {
        fields.close();
    }
}
