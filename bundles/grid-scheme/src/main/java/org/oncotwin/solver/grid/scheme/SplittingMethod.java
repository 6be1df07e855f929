package org.oncotwin.solver.grid.scheme;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.scheme.Splitting.Diffuse;
import org.oncotwin.solver.grid.scheme.Splitting.Operation;
import org.oncotwin.solver.grid.scheme.Splitting.React;

/**
 * Takes a field through an interval in steps as long as the tolerance allows. The error of a step is estimated by the difference of the two best values of the table, which
 * belongs to the lesser one, so that the estimate is on the safe side (local extrapolation); each step may err by its share of the interval, so that the sum of the estimates
 * stays below the tolerance.
 */
public final class SplittingMethod {

    private static final double SAFETY = 0.8;
    private static final double MOST_GROWTH = 4;
    private static final double LEAST_GROWTH = 0.15;

    /** An estimate below this is rounding. */
    private static final double ROUNDING = 2e-15;

    /** Largest integral of rho f over a step, so that its reaction is resolved by polynomials of the rate. */
    private static final double LARGEST_GROWTH = 5;

    private static final int MOST_STEPS = 50_000_000;

    private final ReactionDiffusionProblem problem;
    private final Splitting splitting;
    private final ReactionFlow flow;
    private final FieldOperations fields;
    private final Cancellation cancellation;
    private final double start;
    private final double end;
    private final double[] best;
    private final double[] lower;
    private long applications;

    /**
     * A method for one problem.
     *
     * @param splitting the method of one step
     * @param flow the reaction of the problem
     * @param fields the fields, the initial one accepted
     */
    public SplittingMethod(
            ReactionDiffusionProblem problem,
            Splitting splitting,
            ReactionFlow flow,
            FieldOperations fields,
            Cancellation cancellation) {
        this.problem = problem;
        this.splitting = splitting;
        this.flow = flow;
        this.fields = fields;
        this.cancellation = cancellation;
        this.start = problem.interval().start().days();
        this.end = problem.interval().end().days();
        this.best = splitting.best();
        this.lower = splitting.lower();
    }

    /** Something to be told of the steps that are taken. */
    @FunctionalInterface
    public interface StepListener {

        /** The accepted field is that of the start of a step. */
        void before(int step);
    }

    /** Takes all steps. */
    public StepOutcome run() {
        return run(step -> {});
    }

    /** Takes all steps and tells a listener before each that is taken again. */
    public StepOutcome run(StepListener listener) {
        Optional<StepSequence> prescribed = problem.steps().prescribed();
        return prescribed.isPresent() ? repeat(prescribed.get(), listener) : adapt();
    }

    private StepOutcome repeat(StepSequence steps, StepListener listener) {
        double error = 0;
        double longest = 0;
        for (int n = 0; n < steps.count(); n++) {
            listener.before(n);
            double day = begin(steps, n);
            error += attempt(day, steps.end(n));
            fields.accept();
            longest = Math.max(longest, steps.end(n) - day);
        }
        return new StepOutcome(steps, 0, applications, error, longest);
    }

    /** Takes one of the prescribed steps from the accepted field. */
    public void take(StepSequence steps, int step) {
        attempt(begin(steps, step), steps.end(step));
        fields.accept();
    }

    /** Day at which a prescribed step begins. */
    public double begin(StepSequence steps, int step) {
        double day = step == 0 ? start : steps.end(step - 1);
        if (!(steps.end(step) > day) || steps.end(steps.count() - 1) != end) {
            throw new SolverException("the prescribed steps do not lead from day " + start + " to day " + end
                    + ": step " + step + " ends on day " + steps.end(step));
        }
        return day;
    }

    private StepOutcome adapt() {
        List<Double> ends = new ArrayList<>();
        long rejected = 0;
        double total = 0;
        double longest = 0;
        double day = start;
        double days = splitting.firstStep();
        while (day < end) {
            // The rest in equal parts, so that no last step is a stump.
            double parts = Math.max(1, Math.ceil((end - day) / atMost(day, days) * (1 - 1e-12)));
            double next = parts == 1 ? end : day + (end - day) / parts;
            if (!(next > day) || ends.size() + rejected > MOST_STEPS) {
                throw new SolverException("on day " + day + " steps of " + (next - day)
                        + " d are too short to go on; the tolerance of "
                        + problem.steps().relativeTolerance() + " cannot be kept");
            }
            double tried = next - day;
            double error = attempt(day, next);
            double allowed = Math.max(ROUNDING, problem.steps().relativeTolerance() * tried / (end - start));
            double factor = SAFETY * Math.pow(allowed / Math.max(error, 1e-300), 1.0 / (2 * splitting.rows() - 2));
            if (error <= allowed) {
                fields.accept();
                ends.add(next);
                total += error;
                longest = Math.max(longest, tried);
                day = next;
                days = tried * Math.max(1, Math.min(MOST_GROWTH, factor));
            } else {
                rejected++;
                days = tried * Math.max(LEAST_GROWTH, Math.min(0.9, factor));
            }
        }
        return new StepOutcome(
                StepSequence.endingAt(
                        ends.stream().mapToDouble(Double::doubleValue).toArray()),
                rejected,
                applications,
                total,
                longest);
    }

    private double atMost(double day, double days) {
        double longest = Math.min(days, end - day);
        if (problem.steps().largestStep().isPresent()) {
            longest = Math.min(longest, problem.steps().largestStep().getAsDouble());
        }
        while (flow.growth(day, day + longest) > LARGEST_GROWTH) {
            longest /= 2;
        }
        return longest;
    }

    private double attempt(double from, double to) {
        for (int row = 1; row <= splitting.rows(); row++) {
            fields.begin();
            carryOut(splitting.row(row, from, to));
            fields.keep(row - 1);
        }
        double error = fields.combine(best, lower);
        if (Double.isNaN(error) || Double.isInfinite(error)) {
            throw new SolverException("the density is not finite after the step from day " + from + " to day " + to);
        }
        return error;
    }

    private void carryOut(List<Operation> operations) {
        // Diffusion waits for what follows it, to be done together with a reaction.
        Diffuse waiting = null;
        for (Operation operation : operations) {
            cancellation.check();
            if (operation instanceof Diffuse diffuse) {
                applications += diffuse.polynomial().applications();
                finish(waiting);
                waiting = diffuse;
            } else if (operation instanceof React react) {
                if (waiting == null) {
                    fields.react(react.step());
                } else {
                    fields.diffuseAndReact(waiting.polynomial(), react.step());
                    waiting = null;
                }
            }
        }
        finish(waiting);
    }

    private void finish(Diffuse waiting) {
        if (waiting != null) {
            fields.diffuse(waiting.polynomial());
        }
    }
}
