package org.oncotwin.solver.ode;

import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeProblem;

/**
 * Everything on which the rest of a solution depends, at one time.
 *
 * @param dimension number of equations
 * @param values the state, then for each direction the derivative of the state along it
 * @param parameters the parameters
 * @param parameterChanges for each direction the derivative of the parameters along it, which events may change with the parameters
 */
record Situation(int dimension, double[] values, double[] parameters, double[][] parameterChanges) {

    static Situation first(OdeProblem problem) {
        int n = problem.system().dimension();
        List<OdeDirection> directions = problem.directions();
        double[] values = Arrays.copyOf(problem.initial(), n * (1 + directions.size()));
        double[][] changes = new double[directions.size()][];
        for (int d = 0; d < changes.length; d++) {
            System.arraycopy(directions.get(d).initial(), 0, values, n * (1 + d), n);
            changes[d] = directions.get(d).parameters();
        }
        return new Situation(n, values, problem.parameters(), changes);
    }

    int directions() {
        return parameterChanges.length;
    }

    double[] state() {
        return Arrays.copyOf(values, dimension);
    }

    double[] derivative(int direction) {
        return derivative(values, dimension, direction);
    }

    static double[] derivative(double[] values, int dimension, int direction) {
        return Arrays.copyOfRange(values, dimension * (1 + direction), dimension * (2 + direction));
    }

    Situation with(double[] newValues) {
        return new Situation(dimension, newValues, parameters, parameterChanges);
    }
}
