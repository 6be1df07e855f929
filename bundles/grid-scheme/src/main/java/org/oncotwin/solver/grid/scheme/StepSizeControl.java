package org.oncotwin.solver.grid.scheme;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepSequence;

/**
 * Takes a field through an interval in steps as long as the tolerance allows, or in prescribed ones. Each step may err by its share of the interval, so that the sum of the
 * estimates stays below the tolerance.
 */
public final class StepSizeControl {

    private static final double SAFETY = 0.8;
    private static final double MOST_GROWTH = 4;
    private static final double LEAST_GROWTH = 0.15;

    /** An estimate below this is rounding. */
    private static final double ROUNDING = 2e-15;

    private static final int MOST_STEPS = 50_000_000;

    private final ReactionDiffusionProblem problem;
    private final OneStepMethod method;
    private final double start;
    private final double end;

    /** The steps of a method for one problem. */
    public StepSizeControl(ReactionDiffusionProblem problem, OneStepMethod method) {
        this.problem = problem;
        this.method = method;
        this.start = problem.interval().start().days();
        this.end = problem.interval().end().days();
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
            method.accept();
            longest = Math.max(longest, steps.end(n) - day);
        }
        return new StepOutcome(steps, 0, method.applications(), error, longest);
    }

    /** Takes one of the prescribed steps from the accepted field. */
    public void take(StepSequence steps, int step) {
        attempt(begin(steps, step), steps.end(step));
        method.accept();
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
        double days = method.firstStep();
        while (day < end) {
            // What is left up to the next stop in equal parts, so that no last step is a stump.
            double stop = method.stop(day, end);
            double parts = Math.max(1, Math.ceil((stop - day) / atMost(day, Math.min(days, stop - day)) * (1 - 1e-12)));
            double next = parts == 1 ? stop : day + (stop - day) / parts;
            if (!(next > day) || ends.size() + rejected > MOST_STEPS) {
                throw new SolverException("on day " + day + " steps of " + (next - day)
                        + " d are too short to go on; the tolerance of "
                        + problem.steps().relativeTolerance() + " cannot be kept");
            }
            double tried = next - day;
            double error = attempt(day, next);
            double allowed = Math.max(ROUNDING, problem.steps().relativeTolerance() * tried / (end - start));
            double factor = SAFETY * Math.pow(allowed / Math.max(error, 1e-300), 1.0 / method.order());
            if (error <= allowed) {
                method.accept();
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
                method.applications(),
                total,
                longest);
    }

    private double atMost(double day, double days) {
        double longest = days;
        if (problem.steps().largestStep().isPresent()) {
            longest = Math.min(longest, problem.steps().largestStep().getAsDouble());
        }
        return method.longest(day, longest);
    }

    private double attempt(double from, double to) {
        double error = method.attempt(from, to);
        if (Double.isNaN(error) || Double.isInfinite(error)) {
            throw new SolverException("the density is not finite after the step from day " + from + " to day " + to);
        }
        return error;
    }
}
