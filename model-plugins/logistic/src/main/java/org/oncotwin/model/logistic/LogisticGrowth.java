package org.oncotwin.model.logistic;

import org.oncotwin.api.growth.VolumeEffects;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Interval;

/**
 * The equation and its solutions. {@link StrictMath} gives the same bits on every machine.
 *
 * @param proliferation r in 1/d
 * @param carryingCapacity K in cm3
 */
record LogisticGrowth(double proliferation, double carryingCapacity) {

    /** Volume in cm3 at the end of the interval: by the closed form if nothing varies in time, by the solver otherwise. */
    double volumeAfter(double volume, Interval interval, VolumeEffects effects, Solvers solvers, double tolerance) {
        // Without cells there is neither growth nor a logarithm.
        if (volume == 0) {
            return volume;
        }
        double day = interval.start().days();
        return effects.areConstant()
                ? closedForm(
                        volume,
                        interval.days(),
                        effects.proliferation().at(day),
                        effects.capacity().at(day),
                        effects.kill().at(day))
                : integrate(volume, interval, effects, solvers, tolerance);
    }

    /**
     * With constant f, g and k the equation is logistic with net rate n = r f - k, of which the solution (Verhulst 1838) is
     * {@code V(t) = V0 e^(n t) / (1 + (V0 / (K g)) r f (e^(n t) - 1) / n)}; {@code (e^(n t) - 1) / n} tends to t as n tends to 0.
     */
    private double closedForm(
            double volume, double days, double proliferationFactor, double capacityFactor, double kill) {
        double gross = proliferation * proliferationFactor;
        double net = gross - kill;
        double crowding = volume / (carryingCapacity * capacityFactor) * gross;
        if (net == 0) {
            return volume / (1 + crowding * days);
        }
        // Each way keeps the exponent negative, so that no time is too long.
        if (net > 0) {
            double plateau = carryingCapacity * capacityFactor * net / gross;
            double end = volume / (StrictMath.exp(-net * days) - crowding * StrictMath.expm1(-net * days) / net);
            // The solution lies between start and plateau; underflow of a tiny start must not carry it beyond.
            return Math.min(end, Math.max(volume, plateau));
        }
        return volume * StrictMath.exp(net * days) / (1 + crowding * StrictMath.expm1(net * days) / net);
    }

    /**
     * Solves for w(t) = ln(V(t) / V0) + M(t) with M(t) the integral of k from the start, so that volumes stay positive and a kill rate acts by its exact integral however long the
     * steps are: {@code dw/dt = r f(t) (1 - (V0 / (K g(t))) e^(w - M(t)))}. An error of w is a relative error of V, hence the absolute tolerance.
     */
    private double integrate(
            double volume, Interval interval, VolumeEffects effects, Solvers solvers, double tolerance) {
        double start = interval.start().days();
        double logFullness = StrictMath.log(volume) - StrictMath.log(carryingCapacity);
        // No solution rises above the start and the capacity, but a trial step may, into overflow. Far above both
        // (e^100) the slope is enough to have the step refused.
        double ceiling = Math.max(0, logFullness) + 100;
        OdeSystem system = new OdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] w, double[] none, double[] derivatives) {
                double rise = w[0] - effects.kill().integral(start, day);
                double fullness = StrictMath.exp(Math.min(logFullness + rise, ceiling));
                derivatives[0] = proliferation
                        * effects.proliferation().at(day)
                        * (1 - fullness / effects.capacity().at(day));
            }
        };
        double[] end = solvers.solve(OdeProblem.of(
                        system, interval, new double[] {0}, new double[0], OdeTolerance.of(tolerance, tolerance)))
                .state();
        double rise = end[0] - effects.kill().integral(start, interval.end().days());
        // In two halves, because a volume near the smallest number may rise by more than the largest one.
        double half = StrictMath.exp(rise / 2);
        return volume * half * half;
    }
}
