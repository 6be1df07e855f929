package org.oncotwin.solver.grid.scheme;

import java.util.function.DoubleUnaryOperator;

/** A smooth function on -1 to 1 as a polynomial exact to rounding: interpolation in Chebyshev points, truncated where the coefficients are lost in rounding. */
final class PolynomialFit {

    private static final int POINTS = 24;
    private static final double NEGLIGIBLE = 2e-17;

    /** cos(k theta_p) by degree and point. */
    private static final double[][] COSINE = new double[POINTS][POINTS];

    /** Power series of each Chebyshev polynomial. */
    private static final double[][] POWERS = new double[POINTS][POINTS];

    static {
        for (int k = 0; k < POINTS; k++) {
            for (int p = 0; p < POINTS; p++) {
                // Angles of one turn: larger ones would be rounded more than the coefficients bear.
                int steps = k * (2 * p + 1) % (4 * POINTS);
                COSINE[k][p] = StrictMath.cos(Math.PI * steps / (2 * POINTS));
            }
        }
        POWERS[0][0] = 1;
        POWERS[1][1] = 1;
        for (int k = 2; k < POINTS; k++) {
            for (int power = 0; power <= k; power++) {
                POWERS[k][power] = (power > 0 ? 2 * POWERS[k - 1][power - 1] : 0) - POWERS[k - 2][power];
            }
        }
    }

    private PolynomialFit() {}

    /** Coefficients from the lowest power; one if the function is to be taken at 0 only. */
    static double[] of(DoubleUnaryOperator function, boolean uniform) {
        if (uniform) {
            return new double[] {function.applyAsDouble(0)};
        }
        double[] value = new double[POINTS];
        double scale = 0;
        for (int p = 0; p < POINTS; p++) {
            value[p] = function.applyAsDouble(COSINE[1][p]);
            scale = Math.max(scale, Math.abs(value[p]));
        }
        double[] chebyshev = new double[POINTS];
        int degree = 0;
        for (int k = 0; k < POINTS; k++) {
            double sum = 0;
            for (int p = 0; p < POINTS; p++) {
                sum += value[p] * COSINE[k][p];
            }
            chebyshev[k] = (k == 0 ? 1 : 2) * sum / POINTS;
            // Beyond the truth the coefficients are noise of the sums, whose size is a few roundings of the values.
            if (Math.abs(chebyshev[k]) > Math.max(NEGLIGIBLE, 4e-16 * scale)) {
                degree = k;
            }
        }
        double[] power = new double[degree + 1];
        for (int k = 0; k <= degree; k++) {
            for (int p = 0; p <= k; p++) {
                power[p] += chebyshev[k] * POWERS[k][p];
            }
        }
        return power;
    }

    /** Value of a polynomial. */
    static double at(double[] coefficients, double z) {
        double value = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            value = value * z + coefficients[k];
        }
        return value;
    }
}
