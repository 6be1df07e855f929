package org.oncotwin.solver.linear;

import java.util.Arrays;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.SolverException;

/** A and b at given parameters, with their derivatives along directions of the parameters. Not changed once made. */
final class Coefficients {

    final double[] matrix;
    final double[] input;
    final double[][] matrixAlong;
    final double[][] inputAlong;
    final boolean hasInput;

    /** True if no entry off the diagonal is negative. */
    final boolean metzler;

    private final int n;
    private final double[] parameters;
    private final double[][] directions;

    /**
     * Asks the equations.
     *
     * @param day for messages
     * @param directions change of the parameters along each direction
     */
    Coefficients(LinearOdeSystem system, double day, double[] parameters, double[][] directions) {
        this.n = system.dimension();
        this.parameters = parameters.clone();
        this.directions = new double[directions.length][];
        this.matrix = new double[n * n];
        this.input = new double[n];
        this.matrixAlong = new double[directions.length][n * n];
        this.inputAlong = new double[directions.length][n];
        system.matrix(this.parameters.clone(), matrix);
        system.input(this.parameters.clone(), input);
        boolean noneNegative = true;
        boolean anyInput = false;
        for (int i = 0; i < n; i++) {
            anyInput |= input[i] != 0;
            if (!Double.isFinite(input[i])) {
                throw new SolverException("at day " + day + " the constant part of the derivative of " + system.name(i)
                        + " is " + input[i]);
            }
            for (int j = 0; j < n; j++) {
                double entry = matrix[i * n + j];
                noneNegative &= i == j || entry >= 0;
                if (!Double.isFinite(entry)) {
                    throw new SolverException("at day " + day + " the matrix says that " + system.name(j) + " adds "
                            + entry + " times itself to the derivative of " + system.name(i));
                }
            }
        }
        this.metzler = noneNegative;
        this.hasInput = anyInput;
        for (int d = 0; d < directions.length; d++) {
            this.directions[d] = directions[d].clone();
            differentiate(system, day, d);
        }
    }

    private void differentiate(LinearOdeSystem system, double day, int d) {
        double reach = CentralDifferences.reach(parameters, directions[d]);
        if (reach == 0) {
            return;
        }
        double[] varied = new double[parameters.length];
        double[] entries = new double[n * n];
        double[] inputs = new double[n];
        double[] derivatives = new double[n * n + n];
        CentralDifferences.Line line = (distance, values) -> {
            for (int i = 0; i < varied.length; i++) {
                varied[i] = parameters[i] + distance * directions[d][i];
            }
            Arrays.fill(entries, 0);
            Arrays.fill(inputs, 0);
            system.matrix(varied, entries);
            system.input(varied, inputs);
            System.arraycopy(entries, 0, values, 0, n * n);
            System.arraycopy(inputs, 0, values, n * n, n);
        };
        if (!new CentralDifferences(n * n + n).differentiate(line, reach, derivatives)) {
            throw new SolverException(
                    "the coefficients at day " + day + " have no finite derivative along direction " + d);
        }
        System.arraycopy(derivatives, 0, matrixAlong[d], 0, n * n);
        System.arraycopy(derivatives, n * n, inputAlong[d], 0, n);
    }

    /** True if they are those of these parameters, to the bit. */
    boolean belongTo(double[] asked, double[][] askedDirections) {
        if (!Arrays.equals(parameters, asked)) {
            return false;
        }
        for (int d = 0; d < directions.length; d++) {
            if (!Arrays.equals(directions[d], askedDirections[d])) {
                return false;
            }
        }
        return true;
    }

    /** Writes A y + b. */
    void derivatives(double[] state, double[] derivatives) {
        for (int i = 0; i < n; i++) {
            double sum = input[i];
            for (int j = 0; j < n; j++) {
                sum += matrix[i * n + j] * state[j];
            }
            derivatives[i] = sum;
        }
    }
}
