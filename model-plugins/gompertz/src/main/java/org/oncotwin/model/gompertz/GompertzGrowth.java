package org.oncotwin.model.gompertz;

import org.oncotwin.api.growth.VolumeEffects;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Interval;

/**
 * The equation and its solutions. {@link StrictMath} gives the same bits on every machine.
 *
 * @param proliferation a in 1/d
 * @param carryingCapacity K in cm3
 */
record GompertzGrowth(double proliferation, double carryingCapacity) {

    /** Volume in cm3 at the end of the interval: by the closed form if nothing varies in time, by the solver otherwise. */
    double volumeAfter(double volume, Interval interval, VolumeEffects effects, Solvers solvers, double tolerance) {
        // Without cells there is neither growth nor a logarithm.
        if (volume == 0) {
            return volume;
        }
        double day = interval.start().days();
        double logRoom = StrictMath.log(carryingCapacity) - StrictMath.log(volume);
        double rise = effects.areConstant()
                ? closedForm(
                        logRoom,
                        interval.days(),
                        effects.proliferation().at(day),
                        effects.capacity().at(day),
                        effects.kill().at(day))
                : integrate(logRoom, interval, effects, solvers, tolerance);
        // In two halves, because a volume near the smallest number may rise by more than the largest one.
        double half = StrictMath.exp(rise / 2);
        return volume * half * half;
    }

    /**
     * With constant f, g and k the equation is linear in s(t) = ln(V(t) / V0): {@code ds/dt = a f (ln(K g / V0) - s) - k}, of which the solution is
     * {@code s(t) = (a f ln(K g / V0) - k) (1 - e^(-a f t)) / (a f)}; the last factor tends to t as a f tends to 0.
     */
    private double closedForm(
            double logRoom, double days, double proliferationFactor, double capacityFactor, double kill) {
        double rate = proliferation * proliferationFactor;
        double effectiveDays = rate == 0 ? days : -StrictMath.expm1(-rate * days) / rate;
        return (rate * (logRoom + StrictMath.log(capacityFactor)) - kill) * effectiveDays;
    }

    /**
     * Solves for w(t) = s(t) + M(t) with M(t) the integral of k from the start, so that volumes stay positive and a kill rate acts by its exact integral however long the steps
     * are: {@code dw/dt = a f(t) (ln(K g(t) / V0) - w + M(t))}. An error of w is a relative error of V, hence the absolute tolerance.
     */
    private double integrate(
            double logRoom, Interval interval, VolumeEffects effects, Solvers solvers, double tolerance) {
        double start = interval.start().days();
        OdeSystem system = new OdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] w, double[] none, double[] derivatives) {
                derivatives[0] = proliferation
                        * effects.proliferation().at(day)
                        * (logRoom
                                + StrictMath.log(effects.capacity().at(day))
                                - w[0]
                                + effects.kill().integral(start, day));
            }
        };
        double[] end = solvers.solve(OdeProblem.of(
                        system, interval, new double[] {0}, new double[0], OdeTolerance.of(tolerance, tolerance)))
                .state();
        return end[0] - effects.kill().integral(start, interval.end().days());
    }
}
