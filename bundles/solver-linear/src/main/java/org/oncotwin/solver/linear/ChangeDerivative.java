package org.oncotwin.solver.linear;

import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StateChange;

/**
 * Derivative of a change of state and parameters along a direction of time, state and parameters, by central differences of what the change adds, so that what it leaves
 * alone keeps its derivative to the bit.
 */
final class ChangeDerivative {

    private final int n;
    private final double[] statePoint;
    private final double[] parameterPoint;
    private final double[] derivatives;
    private final CentralDifferences differences;
    private final CentralDifferences.Line line = this::changed;
    private StateChange change;
    private double day;
    private double dayDirection;
    private double[] state;
    private double[] stateDirection;
    private double[] parameters;
    private double[] parameterDirection;

    ChangeDerivative(int n, int parameters) {
        this.n = n;
        this.statePoint = new double[n];
        this.parameterPoint = new double[parameters];
        this.derivatives = new double[2 * (n + parameters)];
        this.differences = new CentralDifferences(2 * (n + parameters));
    }

    /** Replaces the directions of state and parameters before the change by those after it. */
    void apply(
            StateChange applied,
            double at,
            double dayAlong,
            double[] before,
            double[] stateAlong,
            double[] parametersBefore,
            double[] parametersAlong,
            int direction) {
        change = applied;
        day = at;
        dayDirection = dayAlong;
        state = before;
        stateDirection = stateAlong;
        parameters = parametersBefore;
        parameterDirection = parametersAlong;
        double reach = Math.max(
                CentralDifferences.reach(before, stateAlong),
                CentralDifferences.reach(parametersBefore, parametersAlong));
        if (reach == 0 && dayAlong == 0) {
            return;
        }
        if (!differences.differentiate(line, reach == 0 ? 1 / Math.abs(dayAlong) : reach, derivatives)) {
            throw new SolverException(
                    "a change at day " + at + " has no finite derivative along direction " + direction);
        }
        int size = n + parameters.length;
        for (int i = 0; i < size; i++) {
            // A number that the change sets has derivative 0, and not what is left of the direction after a
            // subtraction.
            boolean set = derivatives[size + i] == 0;
            double[] along = i < n ? stateDirection : parameterDirection;
            int k = i < n ? i : i - n;
            along[k] = set ? 0 : along[k] + derivatives[i];
        }
    }

    /** Writes what the change adds, and then what comes of it. */
    private void changed(double distance, double[] values) {
        int size = n + parameters.length;
        for (int i = 0; i < n; i++) {
            statePoint[i] = state[i] + distance * stateDirection[i];
            values[i] = -statePoint[i];
        }
        for (int i = 0; i < parameters.length; i++) {
            parameterPoint[i] = parameters[i] + distance * parameterDirection[i];
            values[n + i] = -parameterPoint[i];
        }
        change.apply(day + distance * dayDirection, statePoint, parameterPoint);
        for (int i = 0; i < size; i++) {
            double after = i < n ? statePoint[i] : parameterPoint[i - n];
            values[i] += after;
            values[size + i] = after;
        }
    }
}
