package org.oncotwin.solver.ode;

import org.oncotwin.api.solver.OdeCondition;

/**
 * A condition that was met within a step.
 *
 * @param number number of the condition in the problem
 * @param condition the condition
 * @param time since the start of the leg, with the function on its new side
 * @param size of the function where it was located: what is no larger right after the change counts as 0
 */
record Crossing(int number, OdeCondition condition, double time, double size) {

    /** True if the solver must stop there. */
    boolean acts() {
        return condition.ends() || condition.change().isPresent();
    }
}
