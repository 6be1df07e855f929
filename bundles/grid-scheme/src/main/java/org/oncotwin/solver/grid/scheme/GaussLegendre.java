package org.oncotwin.solver.grid.scheme;

import java.util.function.DoubleUnaryOperator;

/**
 * Integrals of smooth functions by Gauss-Legendre quadrature with 8 points in ever more panels, until two results agree to the rounding of the terms, which are larger than
 * their sum where the function changes its sign.
 */
final class GaussLegendre {

    private static final double[] NODES = {
        0.183434642495649805, 0.525532409916328986, 0.796666477413626740, 0.960289856497536232
    };
    private static final double[] WEIGHTS = {
        0.362683783378361983, 0.313706645877887287, 0.222381034453374471, 0.101228536290376259
    };
    private static final int MOST_PANELS = 1 << 12;
    private static final double AGREEMENT = 1e-15;

    /** Below this, relative to the integral of the magnitude, values that refining brings no closer differ by the rounding of the function: a difference quotient has more of it than most. */
    private static final double ROUNDING = 1e-8;

    private GaussLegendre() {}

    static double integral(DoubleUnaryOperator function, double from, double to) {
        double before = panels(function, from, to, 1);
        double scale = panels(x -> Math.abs(function.applyAsDouble(x)), from, to, 1);
        double changeBefore = Double.POSITIVE_INFINITY;
        for (int panels = 2; panels <= MOST_PANELS; panels *= 2) {
            double now = panels(function, from, to, panels);
            double change = Math.abs(now - before);
            if (change <= AGREEMENT * scale || change <= ROUNDING * scale && change >= changeBefore / 2) {
                return now;
            }
            before = now;
            changeBefore = change;
        }
        return before;
    }

    private static double panels(DoubleUnaryOperator function, double from, double to, int panels) {
        double half = (to - from) / (2.0 * panels);
        double total = 0;
        for (int panel = 0; panel < panels; panel++) {
            double middle = from + (2 * panel + 1) * half;
            double sum = 0;
            for (int n = 0; n < NODES.length; n++) {
                sum += WEIGHTS[n]
                        * (function.applyAsDouble(middle - half * NODES[n])
                                + function.applyAsDouble(middle + half * NODES[n]));
            }
            total += half * sum;
        }
        return total;
    }
}
