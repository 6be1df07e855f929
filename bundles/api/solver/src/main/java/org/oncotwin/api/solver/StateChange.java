package org.oncotwin.api.solver;

/** What happens to a state at once, such as a dose that enters a compartment. Smooth in state and parameters, so that it can be differentiated. */
@FunctionalInterface
public interface StateChange {

    /**
     * Changes state and parameters in place. A changed parameter stays changed, such as the rate of an infusion that begins.
     *
     * @param day time in days since day 0
     */
    void apply(double day, double[] state, double[] parameters);
}
