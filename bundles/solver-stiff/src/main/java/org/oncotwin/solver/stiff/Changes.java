package org.oncotwin.solver.stiff;

import java.util.Arrays;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StateChange;

/** Changes of state and parameters at once, and their derivatives by differences of fourth order, which are exact where a change is linear. */
final class Changes {

    /** Part of the size of the state by which it is moved: the fifth root of the rounding error. */
    private static final double STEP = 7.400959797414051e-4;

    private final Equations equations;
    private final int n;
    private final double[] movedState;
    private final double[] movedParameters;
    private final double[] stateDerivative;
    private final double[] parameterDerivative;

    Changes(Equations equations, int dimension, int parameters) {
        this.equations = equations;
        this.n = dimension;
        this.movedState = new double[n];
        this.movedParameters = new double[parameters];
        this.stateDerivative = new double[n];
        this.parameterDerivative = new double[parameters];
    }

    /** Changes a state and the parameters of the equations. */
    void apply(StateChange change, double day, double[] state, String what) {
        double[] parameters = equations.parameters();
        change.apply(day, state, parameters);
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(state[i])) {
                throw new SolverException(
                        "at day " + day + " " + equations.name(i) + " is " + state[i] + " after " + what);
            }
        }
        for (int k = 0; k < parameters.length; k++) {
            if (!Double.isFinite(parameters[k])) {
                throw new SolverException(
                        "at day " + day + " parameter " + k + " is " + parameters[k] + " after " + what);
            }
        }
    }

    /**
     * Replaces a direction of time, state and parameters by its image under a change.
     *
     * @param state before the change
     */
    void differentiate(
            StateChange change,
            double day,
            double dayDirection,
            double[] state,
            double[] stateDirection,
            double[] parameterDirection) {
        double ratio = Math.max(
                Math.abs(dayDirection),
                Math.max(
                        Equations.ratio(stateDirection, state),
                        Equations.ratio(parameterDirection, equations.parameters())));
        if (ratio == 0) {
            return;
        }
        double length = STEP / ratio;
        Arrays.fill(stateDerivative, 0);
        Arrays.fill(parameterDerivative, 0);
        for (int k = -2; k <= 2; k++) {
            if (k != 0) {
                double weight = (Math.abs(k) == 1 ? 8 : -1) * Integer.signum(k);
                double moved = k * length;
                for (int i = 0; i < n; i++) {
                    movedState[i] = state[i] + moved * stateDirection[i];
                }
                for (int i = 0; i < movedParameters.length; i++) {
                    movedParameters[i] = equations.parameters()[i] + moved * parameterDirection[i];
                }
                change.apply(day + moved * dayDirection, movedState, movedParameters);
                for (int i = 0; i < n; i++) {
                    stateDerivative[i] += weight * movedState[i];
                }
                for (int i = 0; i < movedParameters.length; i++) {
                    parameterDerivative[i] += weight * movedParameters[i];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            stateDirection[i] = finite(stateDerivative[i] / (12 * length), day, i);
        }
        for (int i = 0; i < movedParameters.length; i++) {
            parameterDirection[i] = finite(parameterDerivative[i] / (12 * length), day, -1);
        }
    }

    private double finite(double value, double day, int component) {
        if (!Double.isFinite(value)) {
            throw new SolverException("at day " + day + " the derivative of "
                    + (component < 0 ? "the parameters" : equations.name(component)) + " after a change is " + value);
        }
        return value;
    }

    /**
     * How much later a condition is met per unit of a direction: minus the derivative of its function along the direction over that along time.
     *
     * @param slope dy/dt
     */
    double delay(
            Crossings crossings,
            int condition,
            double day,
            double[] state,
            double[] slope,
            double[] stateDirection,
            double[] parameterDirection) {
        double inTime = slope(crossings, condition, day, 1, state, slope, null);
        double along = slope(crossings, condition, day, 0, state, stateDirection, parameterDirection);
        double delay = -along / inTime;
        if (!Double.isFinite(delay)) {
            throw new SolverException("at day " + day + " the condition '"
                    + crossings.condition(condition).name()
                    + "' is met without crossing 0: the time at which it is met has no derivative");
        }
        return delay;
    }

    private double slope(
            Crossings crossings,
            int condition,
            double day,
            double dayDirection,
            double[] state,
            double[] stateDirection,
            double[] parameterDirection) {
        double[] parameters = equations.parameters();
        double ratio = Math.max(dayDirection, Equations.ratio(stateDirection, state));
        if (parameterDirection != null) {
            ratio = Math.max(ratio, Equations.ratio(parameterDirection, parameters));
        }
        if (ratio == 0) {
            return 0;
        }
        double length = STEP / ratio;
        double sum = 0;
        for (int k = -2; k <= 2; k++) {
            if (k != 0) {
                double weight = (Math.abs(k) == 1 ? 8 : -1) * Integer.signum(k);
                double moved = k * length;
                for (int i = 0; i < n; i++) {
                    movedState[i] = state[i] + moved * stateDirection[i];
                }
                for (int i = 0; i < movedParameters.length; i++) {
                    movedParameters[i] =
                            parameters[i] + (parameterDirection == null ? 0 : moved * parameterDirection[i]);
                }
                sum += weight * crossings.value(condition, day + moved * dayDirection, movedState, movedParameters);
            }
        }
        return sum / (12 * length);
    }
}
