package org.oncotwin.solver.linear;

import java.util.List;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;

/**
 * Components that are never negative. The exponential of a Metzler matrix keeps them so by itself. For other equations a component may come out below 0 by rounding, by at
 * most 1e-13 of the largest component: it is 0 then, and the sums that the equations keep move by no more than that. Below it the equations contradict the asker.
 */
final class NonNegative {

    private static final double ROUNDING = 1e-13;

    private final OdeSystem system;
    private final int[] components;

    NonNegative(OdeSystem system, List<Integer> components) {
        this.system = system;
        this.components = components.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Puts what is negative by rounding to 0. */
    void settle(double day, double[] state) {
        for (int component : components) {
            if (state[component] < 0) {
                double largest = 0;
                for (double value : state) {
                    largest = Math.max(largest, Math.abs(value));
                }
                if (state[component] < -ROUNDING * largest) {
                    throw negative(day, component, state[component], "the equations make it so");
                }
                state[component] = 0;
            }
        }
    }

    /** Checks a state that was changed by something other than the equations. */
    void check(double day, double[] state, String cause) {
        for (int component : components) {
            if (state[component] < 0) {
                throw negative(day, component, state[component], cause);
            }
        }
    }

    private SolverException negative(double day, int component, double value, String cause) {
        return new SolverException("at day " + day + " " + system.name(component) + " is " + value
                + " and shall not be negative: " + cause);
    }
}
