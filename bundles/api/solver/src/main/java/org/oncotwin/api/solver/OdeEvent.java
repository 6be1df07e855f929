package org.oncotwin.api.solver;

import org.oncotwin.api.twin.SimulationTime;

/**
 * Something that happens at a known time. Solvers stop there to the millisecond and start anew after it, so that a right-hand side may jump there as well.
 *
 * @param time when
 * @param change what happens
 */
public record OdeEvent(SimulationTime time, StateChange change) {

    /** An amount that enters a component at once. */
    public static OdeEvent add(SimulationTime time, int component, double amount) {
        return new OdeEvent(time, (day, state, parameters) -> state[component] += amount);
    }

    /** A parameter that takes a new value from now on. */
    public static OdeEvent set(SimulationTime time, int parameter, double value) {
        return new OdeEvent(time, (day, state, parameters) -> parameters[parameter] = value);
    }

    /** Nothing happens to the state, but the right-hand side jumps or bends. */
    public static OdeEvent restart(SimulationTime time) {
        return new OdeEvent(time, (day, state, parameters) -> {});
    }
}
