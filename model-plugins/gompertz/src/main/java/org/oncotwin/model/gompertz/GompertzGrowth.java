package org.oncotwin.model.gompertz;

import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.TimeFunction;

/**
 * The equation and its solutions. {@link StrictMath} gives the same bits on every machine.
 *
 * @param proliferation a in 1/d
 * @param carryingCapacity K in cm3
 */
record GompertzGrowth(double proliferation, double carryingCapacity) {

    /**
     * What acts over an interval.
     *
     * @param proliferation factor f on a, see {@link EffectPort#PROLIFERATION_FACTOR}
     * @param capacity factor g on K, see {@link EffectPort#CARRYING_CAPACITY_FACTOR}
     * @param kill rate k in 1/d
     */
    record Drivers(TimeFunction proliferation, TimeFunction capacity, TimeFunction kill) {

        boolean areConstantFrom(double day) {
            return isConstant(proliferation, day) && isConstant(capacity, day) && isConstant(kill, day);
        }

        private static boolean isConstant(TimeFunction function, double day) {
            return function.isConstant(function.at(day));
        }
    }

    /** Volume in cm3 at the end of the interval: by the closed form if nothing varies in time, by the solver otherwise. */
    double volumeAfter(double volume, Interval interval, Drivers drivers, Solvers solvers, double tolerance) {
        // Without cells there is neither growth nor a logarithm.
        if (volume == 0) {
            return volume;
        }
        double day = interval.start().days();
        double logRoom = StrictMath.log(carryingCapacity) - StrictMath.log(volume);
        double rise = drivers.areConstantFrom(day)
                ? closedForm(
                        logRoom,
                        interval.days(),
                        drivers.proliferation().at(day),
                        drivers.capacity().at(day),
                        drivers.kill().at(day))
                : integrate(logRoom, interval, drivers, solvers, tolerance);
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
    private double integrate(double logRoom, Interval interval, Drivers drivers, Solvers solvers, double tolerance) {
        double start = interval.start().days();
        OdeSystem system = new OdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] w, double[] derivatives) {
                derivatives[0] = proliferation
                        * drivers.proliferation().at(day)
                        * (logRoom
                                + StrictMath.log(drivers.capacity().at(day))
                                - w[0]
                                + drivers.kill().integral(start, day));
            }
        };
        double[] end = solvers.solve(new OdeProblem(system, interval, new double[] {0}, tolerance, tolerance))
                .state();
        return end[0] - drivers.kill().integral(start, interval.end().days());
    }
}
