package ${package};

import org.oncotwin.api.growth.VolumeEffects;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Interval;

/**
 * The equation and its solution. {@link StrictMath} gives the same bits on every machine.
 *
 * @param exponential lambda0 in 1/d
 * @param linear lambda1 in cm3/d
 */
record ExponentialLinearGrowth(double exponential, double linear) {

    /** How sharply the phases meet: psi = 20, as in the paper. */
    private static final double SHARPNESS = 20;

    /** Relative growth rate in 1/d of a volume in cm3, written so that no power overflows. */
    double relativeRate(double volume) {
        double ratio = exponential * volume / linear;
        return ratio <= 1
                ? exponential * StrictMath.pow(1 + StrictMath.pow(ratio, SHARPNESS), -1 / SHARPNESS)
                : exponential / ratio * StrictMath.pow(1 + StrictMath.pow(ratio, -SHARPNESS), -1 / SHARPNESS);
    }

    /**
     * Volume in cm3 at the end of the interval. Solves for w(t) = ln(V(t) / V0) + M(t), M(t) the integral of the kill rate from the start, so that volumes stay positive and a kill
     * rate acts by its exact integral however long the steps are. An error of w is a relative error of V.
     */
    double volumeAfter(double volume, Interval interval, VolumeEffects effects, Solvers solvers, double tolerance) {
        if (volume == 0) {
            return volume;
        }
        double start = interval.start().days();
        OdeSystem system = new OdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] w, double[] none, double[] derivatives) {
                double now = volume * StrictMath.exp(w[0] - effects.kill().integral(start, day));
                derivatives[0] = effects.proliferation().at(day) * relativeRate(now);
            }
        };
        double[] end = solvers.solve(OdeProblem.of(
                        system, interval, new double[] {0}, new double[0], OdeTolerance.of(tolerance, tolerance)))
                .state();
        // In two halves, because a volume near the smallest number may rise by more than the largest one.
        double half = StrictMath.exp(
                (end[0] - effects.kill().integral(start, interval.end().days())) / 2);
        return volume * half * half;
    }
}
