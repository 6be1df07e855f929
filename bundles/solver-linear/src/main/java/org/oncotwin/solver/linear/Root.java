package org.oncotwin.solver.linear;

import java.util.function.DoubleUnaryOperator;

/** Where a function changes its sign: by secants, with a bisection every third time, so that the bracket shrinks whatever the function is. */
final class Root {

    private static final int BISECTION = 3;

    private Root() {}

    /**
     * A time at which the function is 0 or has the sign that it has at the end, at most a tolerance after one at which it has not.
     *
     * @param from start, where the function is not 0
     * @param to end, where it is 0 or has the other sign
     */
    static double find(
            DoubleUnaryOperator function, double from, double atFrom, double to, double atTo, double tolerance) {
        double a = from;
        double valueA = atFrom;
        double b = to;
        double valueB = atTo;
        double width = Math.max(tolerance, 4 * Math.ulp(to));
        for (int k = 1; b - a > width; k++) {
            double guess = k % BISECTION == 0 ? a + (b - a) / 2 : a - valueA * ((b - a) / (valueB - valueA));
            // Away from the ends by half of what is left to do, so that a good guess closes the bracket from its other
            // side next.
            double x = Math.min(Math.max(guess, a + width / 2), b - width / 2);
            double value = function.applyAsDouble(x);
            if (value != 0 && value < 0 == valueA < 0) {
                a = x;
                valueA = value;
            } else {
                b = x;
                valueB = value;
            }
        }
        return b;
    }
}
