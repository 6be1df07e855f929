package org.oncotwin.solver.ode;

import java.util.Arrays;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.twin.Cancellation;

/** The equations, counted and cancellable. Of one solution. */
final class RightHandSide {

    private final OdeSystem system;
    private final Cancellation cancellation;
    private final Effort effort;
    private final double[] argument;
    private final double[] constants;

    RightHandSide(OdeSystem system, Cancellation cancellation, Effort effort) {
        this.system = system;
        this.cancellation = cancellation;
        this.effort = effort;
        this.argument = new double[system.dimension()];
        this.constants = new double[system.parameters()];
    }

    /**
     * Writes f(t, y, p). The system gets copies, because a system that writes to its arguments would change the step; and what it forgets to write shows as NaN.
     *
     * @param values begin with the state
     * @param derivatives receive as many as there are equations
     */
    void write(double day, double[] values, double[] parameters, double[] derivatives) {
        cancellation.check();
        effort.evaluated();
        System.arraycopy(values, 0, argument, 0, argument.length);
        System.arraycopy(parameters, 0, constants, 0, constants.length);
        Arrays.fill(derivatives, 0, argument.length, Double.NaN);
        system.derivatives(day, argument, constants, derivatives);
    }

    /** f(t, y, p). */
    double[] at(double day, double[] values, double[] parameters) {
        double[] derivatives = new double[argument.length];
        write(day, values, parameters, derivatives);
        return derivatives;
    }

    OdeSystem system() {
        return system;
    }
}
