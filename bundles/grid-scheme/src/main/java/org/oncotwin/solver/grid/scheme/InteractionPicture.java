package org.oncotwin.solver.grid.scheme;

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

    /** Ratio of the rates of diffusion and growth up to which this costs less than splitting. */
    private static final double LARGEST_RATIO = 10;

    /** Part of the stability interval that steps of free length use; prescribed ones may use all. */
    private static final double SHARE_OF_INTERVAL = 0.9;

    /** Largest growth and kill over a step of free length, as exponents; prescribed steps may have twice as much. */
    private static final double LARGEST_EXPONENT = 1;

    private final ReactionFlow flow;
    private final RungeKutta method;
    private final double largestLoss;
    private final double rate;
    private final double scaledTolerance;

    private InteractionPicture(
            ReactionFlow flow, RungeKutta method, double largestLoss, double rate, double scaledTolerance) {
        this.flow = flow;
        this.method = method;
        this.largestLoss = largestLoss;
        this.rate = rate;
        this.scaledTolerance = scaledTolerance;
    }

    /**
     * The method for a problem, or none where splitting is to be used.
     *
     * @param flow its reaction
     * @param largestLoss half of a bound of the spectrum of its diffusion operator in 1/d
     */
    public static Optional<InteractionPicture> of(
            ReactionDiffusionProblem problem, ReactionFlow flow, double largestLoss) {
        double start = problem.interval().start().days();
        double end = problem.interval().end().days();
        double growth = flow.growth(start, end) / (end - start);
        if (largestLoss == 0 || flow.variesInSpace() || 0.2 * largestLoss > LARGEST_RATIO * growth) {
            return Optional.empty();
        }
        double rate = growth + 0.2 * largestLoss;
        double scaledTolerance = problem.steps().relativeTolerance() / ((end - start) * rate);
        double limit = Double.parseDouble(System.getProperty("rk.limit", "1e-6"));
        RungeKutta method = scaledTolerance > limit ? RungeKutta.KUTTA : RungeKutta.CASH_KARP;
        InteractionPicture picture = new InteractionPicture(flow, method, largestLoss, rate, scaledTolerance);
        return problem.steps().prescribed().filter(steps -> !picture.bears(steps, start)).isPresent()
                ? Optional.empty()
                : Optional.of(picture);
    }

    private boolean bears(StepSequence steps, double start) {
        double day = start;
        for (int n = 0; n < steps.count(); n++) {
            double to = steps.end(n);
            if (2 * largestLoss * (to - day) > method.interval() || exponent(day, to) > 2 * LARGEST_EXPONENT) {
                return false;
            }
            day = to;
        }
        return true;
    }

    private double exponent(double from, double to) {
        return Math.max(flow.growth(from, to), flow.killed(from, to));
    }

    /** The Runge-Kutta method. */
    public RungeKutta method() {
        return method;
    }

    /** The reaction from the start of a step to each of its stages and, last, to its end. */
    public ReactionStep[] flows(double from, double to) {
        int stages = method.stages();
        ReactionStep[] flows = new ReactionStep[stages + 1];
        flows[stages] = flow.over(from, to);
        for (int i = 0; i < stages; i++) {
            flows[i] = method.nodes()[i] == 1 ? flows[stages] : flow.over(from, day(i, from, to));
        }
        return flows;
    }

    /** When a stage is taken, in days since day 0. */
    public double day(int stage, double from, double to) {
        return method.nodes()[stage] == 1 ? to : from + method.nodes()[stage] * (to - from);
    }

    /** A first step in days, rather too long than too short. */
    public double firstStep() {
        return Math.pow((method == RungeKutta.KUTTA ? 5e3 : 5e4) * scaledTolerance, 1.0 / method.order()) / rate;
    }

    /** The longest step from a day on that is stable and not longer than some days. */
    public double longest(double from, double days) {
        double longest = Math.min(days, SHARE_OF_INTERVAL * method.interval() / (2 * largestLoss));
        while (exponent(from, from + longest) > LARGEST_EXPONENT) {
            longest /= 2;
        }
        return longest;
    }
}
