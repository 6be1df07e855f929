package org.oncotwin.solver.ode;

import java.util.function.UnaryOperator;

/**
 * Derivatives by central differences of order 4, (8 (f(+e) - f(-e)) - (f(+2e) - f(-2e))) / 12 e. With e a thousandth of the argument both the truncated terms and the
 * rounding are below 1e-12 of a function that varies on the scale of its argument. Steps are powers of 2, so that functions that are linear with small whole coefficients,
 * foremost the identity, are differentiated without any error.
 */
final class Differences {

    private static final double PART = 1e-3;

    private Differences() {}

    /** Step for an argument that varies on a scale, which may be 0. */
    static double step(double scale) {
        return Math.scalb(1.0, Math.getExponent(PART * (scale > Double.MIN_NORMAL / PART ? scale : 1)));
    }

    /**
     * The derivative of a vector function with respect to one argument.
     *
     * @param function does not write to its argument and returns a new array at each call
     * @param at arguments, written to in between
     * @param scale on which the function varies with the argument; if values are not finite there, the size of the argument is tried, which keeps its sign
     */
    static double[] column(UnaryOperator<double[]> function, double[] at, int argument, double scale) {
        double[] column = column(function, at, argument, step(scale), new double[4][]);
        double size = Math.abs(at[argument]);
        return Names.firstNotFinite(column) < 0 || size == 0 || step(size) == step(scale)
                ? column
                : column(function, at, argument, step(size), new double[4][]);
    }

    private static double[] column(
            UnaryOperator<double[]> function, double[] at, int argument, double step, double[][] values) {
        double middle = at[argument];
        for (int n = 0; n < values.length; n++) {
            at[argument] = middle + (n < 2 ? n - 2 : n - 1) * step;
            values[n] = function.apply(at);
        }
        at[argument] = middle;
        double[] column = new double[values[0].length];
        for (int i = 0; i < column.length; i++) {
            column[i] = quotient(values[0][i], values[1][i], values[2][i], values[3][i], step);
        }
        return column;
    }

    /** From the values at -2, -1, 1 and 2 steps. */
    static double quotient(double twoBefore, double before, double after, double twoAfter, double step) {
        return (8 * (after - before) - (twoAfter - twoBefore)) / (12 * step);
    }
}
