package org.oncotwin.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/** Derivatives of the cell count at the end of the course, pulled back from stop to stop. */
final class CourseGradient {

    private final DifferentiableReactionDiffusionSolver solver;
    private final Medium medium;
    private final double tolerance;
    private final Execution execution;
    private final int group;
    private final long memory;
    private final List<Double> stops = GliomaCourse.stops();
    private final List<Double> fractions = GliomaCourse.fractions();
    private final StepSequence[] steps = new StepSequence[stops.size()];
    private final int[] places;

    /**
     * Derivatives in one medium.
     *
     * @param group the density is kept at every so many stops and computed again between them; 1 keeps all
     * @param memory bytes that a pull-back may use
     */
    CourseGradient(
            DifferentiableReactionDiffusionSolver solver,
            Medium medium,
            double tolerance,
            Execution execution,
            int group,
            long memory) {
        this.solver = solver;
        this.medium = medium;
        this.tolerance = tolerance;
        this.execution = execution;
        this.group = group;
        this.memory = memory;
        int[] inside = new int[medium.grid().size()];
        int count = 0;
        for (int index = 0; index < inside.length; index++) {
            if (medium.contains(index)) {
                inside[count++] = index;
            }
        }
        places = Arrays.copyOf(inside, count);
    }

    /**
     * Derivatives of the cell count.
     *
     * @param count the sum of the density at the end
     * @param diffusion with respect to D by class
     * @param proliferation with respect to rho by class
     * @param alpha with respect to the radiosensitivity
     * @param sensitivity with respect to the kill rate of the drug
     * @param initial with respect to the density at the start
     * @param memory most bytes that were used to keep states, within intervals and between them
     */
    record Result(
            double count,
            double[] diffusion,
            double[] proliferation,
            double alpha,
            double sensitivity,
            Field initial,
            long memory) {}

    /** The solution and its derivatives. */
    Result of(Field initial) {
        // Packed where memory is short.
        Field[] whole = new Field[group == 1 ? stops.size() : 0];
        double[][] kept = new double[(stops.size() + group - 1) / group][];
        Field u = initial;
        for (int n = 0; n < stops.size(); n++) {
            if (group == 1) {
                whole[n] = u;
            } else if (n % group == 0) {
                kept[n / group] = packed(u);
            }
            ReactionDiffusionSolution solution = solver.solve(problem(u, n), execution);
            steps[n] = solution.steps();
            u = after(solution.density(), n);
        }
        double count = u.sum();
        double[] ones = new double[places.length];
        Arrays.fill(ones, 1);
        Field cotangent = unpacked(ones);
        double[] diffusion = new double[medium.classes()];
        double[] proliferation = new double[medium.classes()];
        double alpha = 0;
        double sensitivity = 0;
        long inside = 0;
        Field after = u;
        for (int g = kept.length - 1; g >= 0; g--) {
            int first = g * group;
            int last = Math.min(stops.size(), first + group) - 1;
            double[][] starts = group == 1 ? null : starts(kept[g], first, last);
            for (int n = last; n >= first; n--) {
                if (fractions.contains(stops.get(n))) {
                    // With v = S u, d v / d alpha = -(d + d2 / (alpha/beta)) v.
                    alpha -= (GliomaCourse.FRACTION_DOSE
                                    + GliomaCourse.FRACTION_DOSE * GliomaCourse.FRACTION_DOSE / GliomaCourse.ALPHA_BETA)
                            * product(cotangent, after);
                    cotangent = GliomaCourse.irradiated(cotangent);
                }
                Field start = group == 1 ? whole[n] : unpacked(starts[n - first]);
                ReactionDiffusionGradient gradient = solver.pullBack(
                        new ReactionDiffusionPullBack(repeated(start, n), cotangent, directions(), false, memory),
                        execution);
                cotangent = gradient.initial();
                add(diffusion, gradient.diffusion());
                add(proliferation, gradient.proliferation());
                sensitivity += gradient.directions()[0];
                inside = Math.max(inside, gradient.memory());
                after = start;
            }
        }
        long between = group == 1
                ? (long) Double.BYTES * medium.grid().size() * whole.length
                : (long) Double.BYTES * places.length * (kept.length + group);
        return new Result(count, diffusion, proliferation, alpha, sensitivity, cotangent, inside + between);
    }

    /** The cell count with the steps of the last solution, for differences. */
    double repeat(Field initial, Medium other) {
        Field u = initial;
        for (int n = 0; n < stops.size(); n++) {
            u = after(solver.solve(repeated(u, n).withMedium(other), execution).density(), n);
        }
        return u.sum();
    }

    private double[][] starts(double[] first, int from, int to) {
        double[][] starts = new double[to - from + 1][];
        starts[0] = first;
        for (int n = from; n < to; n++) {
            Field end = solver.solve(repeated(unpacked(starts[n - from]), n), execution)
                    .density();
            starts[n - from + 1] = packed(after(end, n));
        }
        return starts;
    }

    private Field after(Field end, int stop) {
        return fractions.contains(stops.get(stop)) ? GliomaCourse.irradiated(end) : end;
    }

    private ReactionDiffusionProblem problem(Field from, int stop) {
        return GliomaCourse.problem(
                from,
                medium,
                GliomaCourse.drug(GliomaCourse.SENSITIVITY),
                stop == 0 ? 0 : stops.get(stop - 1),
                stops.get(stop),
                tolerance);
    }

    private ReactionDiffusionProblem repeated(Field from, int stop) {
        ReactionDiffusionProblem problem = problem(from, stop);
        StepControl control = problem.steps();
        return problem.withSteps(control.repeating(steps[stop]));
    }

    private static List<ReactionDiffusionPullBack.Direction> directions() {
        return List.of(new ReactionDiffusionPullBack.Direction(
                TimeFunction.constant(0),
                List.of(new ReactionDiffusionProblem.Sink(GliomaCourse.drug(1), SpatialValue.uniform(1)))));
    }

    private double[] packed(Field field) {
        double[] values = new double[places.length];
        for (int n = 0; n < values.length; n++) {
            values[n] = field.value(places[n]);
        }
        return values;
    }

    private Field unpacked(double[] values) {
        double[] field = new double[medium.grid().size()];
        for (int n = 0; n < values.length; n++) {
            field[places[n]] = values[n];
        }
        return Field.owning(medium.grid(), field);
    }

    private double product(Field a, Field b) {
        double sum = 0;
        for (int place : places) {
            sum += a.value(place) * b.value(place);
        }
        return sum;
    }

    private static void add(double[] sum, double[] term) {
        for (int n = 0; n < sum.length; n++) {
            sum[n] += term[n];
        }
    }
}
