package org.oncotwin.solver.grid.scheme;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Cancellation;

/**
 * Takes a field through an interval. A substep is Strang's: half a reaction, diffusion, half a reaction, each exact or nearly so, so that only the order in which they are
 * taken errs; substeps are extrapolated ({@link Extrapolation}), and the step is as long as the tolerance allows. The error of a step is estimated by the difference of the two
 * best values of the table, which belongs to the lesser one, so that the estimate is on the safe side (local extrapolation).
 */
public final class SplittingMethod {

    private static final double SAFETY = 0.8;
    private static final double MOST_GROWTH = 4;
    private static final double LEAST_GROWTH = 0.15;

    /** An estimate below this is rounding. */
    private static final double ROUNDING = 2e-15;

    /** Largest rho f integrated over a step, so that E and I are resolved by their polynomials. */
    private static final double LARGEST_GROWTH = 5;

    private static final int MOST_STEPS = 50_000_000;

    private final ReactionDiffusionProblem problem;
    private final ReactionFlow flow;
    private final FieldOperations fields;
    private final Cancellation cancellation;
    private final double largestLoss;
    private final double largest;
    private final double start;
    private final double end;
    private final int rows;
    private final double[] best;
    private final double[] lower;
    private long applications;

    /**
     * A method for one problem.
     *
     * @param flow its reaction
     * @param largestLoss half of the bound of the spectrum of its diffusion operator in 1/d
     * @param largestInitial largest density at the start
     * @param fields the fields, the initial one accepted
     */
    public SplittingMethod(
            ReactionDiffusionProblem problem,
            ReactionFlow flow,
            double largestLoss,
            double largestInitial,
            FieldOperations fields,
            Cancellation cancellation) {
        this.problem = problem;
        this.flow = flow;
        this.fields = fields;
        this.cancellation = cancellation;
        this.largestLoss = largestLoss;
        this.largest = Math.max(problem.carryingCapacity(), largestInitial);
        this.start = problem.interval().start().days();
        this.end = problem.interval().end().days();
        this.rows = rows(problem.steps().relativeTolerance());
        this.best = Extrapolation.weights(1, rows);
        this.lower = Extrapolation.weights(2, rows);
    }

    /** Rows of the table that cost least for a tolerance. */
    static int rows(double tolerance) {
        return tolerance > 1e-7 ? 2 : 3;
    }

    /** Order of the Taylor polynomials: that of the extrapolated value. */
    static int diffusionOrder(int rows) {
        return 2 * rows;
    }

    /** Takes all steps. */
    public StepOutcome run() {
        Optional<StepSequence> prescribed = problem.steps().prescribed();
        return prescribed.isPresent() ? repeat(prescribed.get()) : adapt();
    }

    private StepOutcome repeat(StepSequence steps) {
        double day = start;
        double error = 0;
        double longest = 0;
        for (int n = 0; n < steps.count(); n++) {
            double next = steps.end(n);
            if (!(next > day) || next > end || n == steps.count() - 1 && next != end) {
                throw new SolverException("the prescribed steps do not lead from day " + start + " to day " + end
                        + ": step " + n + " ends on day " + next);
            }
            error += attempt(day, next);
            fields.accept();
            longest = Math.max(longest, next - day);
            day = next;
        }
        return new StepOutcome(steps, 0, applications, error, longest);
    }

    private StepOutcome adapt() {
        List<Double> ends = new ArrayList<>();
        long rejected = 0;
        double total = 0;
        double longest = 0;
        double day = start;
        double days = firstStep();
        while (day < end) {
            // The rest in equal parts, so that no last step is a stump.
            double parts = Math.max(1, Math.ceil((end - day) / atMost(day, days) * (1 - 1e-12)));
            double next = parts == 1 ? end : day + (end - day) / parts;
            if (!(next > day) || ends.size() + rejected > MOST_STEPS) {
                throw new SolverException("on day " + day + " steps of " + (next - day)
                        + " d are too short to go on; the tolerance of "
                        + problem.steps().relativeTolerance()
                        + " cannot be kept");
            }
            double tried = next - day;
            double error = attempt(day, next);
            double allowed = Math.max(ROUNDING, problem.steps().relativeTolerance() * tried / (end - start));
            double factor = SAFETY * Math.pow(allowed / Math.max(error, 1e-300), 1.0 / (2 * rows - 2));
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

    /** A first guess from the rates; the controller mends it. */
    private double firstStep() {
        double length = end - start;
        double rate = flow.growth(start, end) / length + 0.2 * largestLoss;
        if (rate == 0) {
            return length;
        }
        double tolerance = problem.steps().relativeTolerance() / (length * rate);
        return Math.min(length, Math.pow(200 * tolerance, 1.0 / (2 * rows - 2)) / rate);
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
        for (int row = 1; row <= rows; row++) {
            fields.begin();
            row(row, from, to);
            fields.keep(row - 1);
        }
        double error = fields.combine(best, lower, largest);
        if (Double.isNaN(error) || Double.isInfinite(error)) {
            throw new SolverException("the density is not finite after the step from day " + from + " to day " + to);
        }
        return error;
    }

    private void row(int substeps, double from, double to) {
        double days = (to - from) / substeps;
        DiffusionPolynomial diffusion = DiffusionPolynomial.of(
                days, largestLoss, diffusionOrder(rows), 0.01 * problem.steps().relativeTolerance());
        fields.react(flow.over(from, from + 0.5 * days));
        for (int n = 0; n < substeps; n++) {
            cancellation.check();
            double middle = from + (n + 0.5) * days;
            applications += diffusion.applications();
            if (n == substeps - 1) {
                fields.diffuseAndReact(diffusion, flow.over(middle, to));
            } else if (flow.variesInSpace()) {
                double between = from + (n + 1) * days;
                fields.diffuseAndReact(diffusion, flow.over(middle, between));
                fields.react(flow.over(between, between + 0.5 * days));
            } else {
                fields.diffuseAndReact(diffusion, flow.over(middle, middle + days));
            }
        }
    }
}
