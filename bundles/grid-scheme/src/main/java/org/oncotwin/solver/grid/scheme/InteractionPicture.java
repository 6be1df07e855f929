package org.oncotwin.solver.grid.scheme;

import java.util.Arrays;
import java.util.Optional;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.StepSequence;

/**
 * The one-step method where diffusion is not stiff: an explicit Runge-Kutta method for what diffusion does to the exact reaction (its interaction picture, or Lawson's
 * transformation: J. D. Lawson, SIAM J. Numer. Anal. 4 (1967) 372-380, here with a flow that is not linear). In a step from t0 the density is u(t) = phi_t(w(t)) with the exact
 * flow phi_t(w) = w (1 + E) / (1 + I w) of the reaction from t0 to t ({@link ReactionStep}), so that
 *
 * <pre>dw/dt = G A u,  G = 1 / phi_t'(w) = (1 + E) / (1 + E - I u)^2,  w(t0) = u(t0)</pre>
 *
 * with the diffusion operator A. Growth and drugs, which are exact in it, ask nothing of the length of steps; the slopes are as smooth as diffusion makes them. Its eigenvalues
 * are those of A where G does not change from place to place.
 */
public final class InteractionPicture {

    /**
     * Splitting is cheaper where the rate of diffusion is more than this times the rate of growth by the root of the tolerance over a time constant of growth: steps end at the
     * bound of stability, while those of splitting end at the tolerance only and take polynomials whose degree grows with the root of the stiffness. Measured by counting sweeps
     * (docs/performance.md, Which method when).
     */
    private static final double LARGEST_RATIO = 0.13;

    /** Part of the sweeps of the method of higher order that the lesser one may take to be preferred: where densities are rough, its steps are much shorter than expected. */
    private static final double ADVANTAGE = 0.8;

    /**
     * Factor on the difference to the embedded method. After a dose of a drug that acts for a part of the step, the difference of the method of higher order was measured to be as small as
     * 0.9 of the error; that of the lesser one is many times the error.
     */
    private static final double CAUTION = 1.5;

    /** Part of the stability interval that steps of free length use; prescribed ones may use all. */
    private static final double SHARE_OF_INTERVAL = 0.9;

    /** Largest growth over a step of free length, as an exponent, so that stages a little below 0 are far from where the reaction has no value; prescribed steps may have twice as much. */
    private static final double LARGEST_GROWTH = 1;

    /** Largest kill over a step of free length, as an exponent, so that what is left of the density keeps its digits; prescribed steps may have twice as much. */
    private static final double LARGEST_KILL = 5;

    private static final double[] NONE = new double[0];

    private final ReactionFlow flow;
    private final RungeKutta method;
    private final double largestLoss;
    private final double firstStep;

    private InteractionPicture(ReactionFlow flow, RungeKutta method, double largestLoss, double firstStep) {
        this.flow = flow;
        this.method = method;
        this.largestLoss = largestLoss;
        this.firstStep = firstStep;
    }

    /**
     * The method for a problem, or none where splitting is to be used. Of the two Runge-Kutta methods it takes the one that promises fewer sweeps.
     *
     * @param flow its reaction
     * @param largestLoss half of a bound of the spectrum of its diffusion operator in 1/d
     */
    public static Optional<InteractionPicture> of(
            ReactionDiffusionProblem problem, ReactionFlow flow, double largestLoss) {
        double start = problem.interval().start().days();
        double end = problem.interval().end().days();
        double length = end - start;
        double tolerance = problem.steps().relativeTolerance();
        double growth = flow.growth(start, end) / length;
        double diffusion = 0.2 * largestLoss;
        if (largestLoss == 0
                || flow.killsUnevenly(start, end)
                || diffusion > LARGEST_RATIO * growth / Math.sqrt(tolerance / (growth * length))) {
            return Optional.empty();
        }
        double rate = growth + diffusion;
        double scaledTolerance = tolerance / (length * rate);
        double low = firstStep(RungeKutta.KUTTA, scaledTolerance) / rate;
        double high = firstStep(RungeKutta.CASH_KARP, scaledTolerance) / rate;
        int stops = 1 + flow.jumps(start, end).length;
        boolean cheap = sweeps(RungeKutta.KUTTA, length, low, largestLoss, 1)
                <= ADVANTAGE * sweeps(RungeKutta.CASH_KARP, length, high, largestLoss, stops);
        InteractionPicture picture = cheap
                ? new InteractionPicture(flow, RungeKutta.KUTTA, largestLoss, low)
                : new InteractionPicture(flow, RungeKutta.CASH_KARP, largestLoss, high);
        return problem.steps()
                        .prescribed()
                        .filter(steps -> !picture.bears(steps, start))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(picture);
    }

    /** Length of a step, times the rate of the problem, that keeps a tolerance per time constant: measured for smooth densities, which have the longest. */
    private static double firstStep(RungeKutta method, double scaledTolerance) {
        return Math.pow((method == RungeKutta.KUTTA ? 4e3 : 2e5) * scaledTolerance, 1.0 / method.order());
    }

    /** How often about the operator is applied over a length of time: a step to each stop, or half a step more than go into it. */
    private static double sweeps(RungeKutta method, double length, double step, double largestLoss, int stops) {
        double steps = length / Math.min(step, stable(method, largestLoss));
        return method.stages() * Math.max(stops, steps <= 1 ? 1 : steps + 0.5);
    }

    private static double stable(RungeKutta method, double largestLoss) {
        return SHARE_OF_INTERVAL * method.interval() / (2 * largestLoss);
    }

    private boolean bears(StepSequence steps, double start) {
        double day = start;
        for (int n = 0; n < steps.count(); n++) {
            double to = steps.end(n);
            if (2 * largestLoss * (to - day) > method.interval() || extent(day, to) > 2) {
                return false;
            }
            day = to;
        }
        return true;
    }

    /** Growth or kill over a stretch of time, in parts of the largest of a step. */
    private double extent(double from, double to) {
        return Math.max(flow.growth(from, to) / LARGEST_GROWTH, flow.killed(from, to) / LARGEST_KILL);
    }

    /** The Runge-Kutta method. */
    public RungeKutta method() {
        return method;
    }

    /** The reaction from the start of a step to each of its stages and, last, to its end. */
    public ReactionStep[] flows(double from, double to) {
        return flows(flow.values(), from, to);
    }

    /**
     * Coefficients of the reaction from the start of a step to each of its stages and, last, to its end.
     *
     * <p>The I of the stage of largest weight is moved so that the weights of the method sum what kill makes of the I of the stages to its mean over the step. What changes in
     * proportion to I is then integrated exactly. A drug that acts for hours in a step of a day bends I at the start of the step; without this it would cause most of the error, and the
     * estimate would see a small part of it only (in the difference to the embedded method the first stage has little weight). E needs nothing of the kind: kill that is the same
     * everywhere cancels between G and the density. Where kill is smooth, I moves by less than the error of the method, whose order stays as it is, and without kill not at all.
     */
    public ReactionStep[] flows(ReactionFlow.Coefficients coefficients, double from, double to) {
        int stages = method.stages();
        ReactionStep[] flows = new ReactionStep[stages + 1];
        flows[stages] = coefficients.over(from, to);
        // To the first stage nothing has happened.
        flows[0] = new ReactionStep(new double[1], new double[1], NONE, NONE);
        double[] missing = coefficients.meanOfKill(from, to);
        for (int i = 1; i < stages; i++) {
            double day = day(i, from, to);
            flows[i] = day == to ? flows[stages] : coefficients.over(from, day);
            missing = sum(missing, -method.weights()[i], flows[i].crowding());
            missing = sum(missing, method.weights()[i], coefficients.unkilledCrowding(from, day));
        }
        int heaviest = method.heaviest();
        ReactionStep moved = flows[heaviest];
        flows[heaviest] = new ReactionStep(
                moved.exponent(), sum(moved.crowding(), 1 / method.weights()[heaviest], missing), NONE, NONE);
        return flows;
    }

    /** a + b c. */
    private static double[] sum(double[] a, double b, double[] c) {
        double[] sum = Arrays.copyOf(a, Math.max(a.length, c.length));
        for (int k = 0; k < c.length; k++) {
            sum[k] += b * c[k];
        }
        return sum;
    }

    /** When a stage is taken, in days since day 0. */
    public double day(int stage, double from, double to) {
        return method.nodes()[stage] == 1 ? to : from + method.nodes()[stage] * (to - from);
    }

    /** The estimate of the error from the difference to the embedded method. */
    public double estimate(double difference) {
        return method == RungeKutta.KUTTA ? difference : CAUTION * difference;
    }

    /** A first step in days, rather too long than too short. */
    public double firstStep() {
        return firstStep;
    }

    /**
     * Where steps from a day on have to end at the latest. The lesser method goes across jumps of a rate: densities stay continuous, their slopes bend by what nonlinear growth makes of the
     * jump, and its estimate, which is of second order, sees that. To the one of higher order they would be most of the error.
     */
    public double stop(double from, double end) {
        double[] jumps = method == RungeKutta.KUTTA ? new double[0] : flow.jumps(from, end);
        return jumps.length == 0 ? end : jumps[0];
    }

    /** The longest step from a day on that is stable and not longer than some days. */
    public double longest(double from, double days) {
        double longest = Math.min(days, stable(method, largestLoss));
        while (extent(from, from + longest) > 1) {
            longest /= 2;
        }
        return longest;
    }
}
