package org.oncotwin.treatment.compartments;

/** Integrals of exponentials without cancellation, also where rates are 0 or alike. {@link StrictMath} gives the same bits on every machine. */
final class Exponentials {

    private static final double SMALL = 0.5;
    private static final double ALIKE = 0.1;
    private static final int TERMS = 18;
    /** Gauss-Legendre with four points (Abramowitz and Stegun 1964, table 25.4), exact far beyond rounding on the short ranges for which it serves. */
    private static final double[] NODES = {0.339981043584856265, 0.861136311594052575};

    private static final double[] WEIGHTS = {0.652145154862546143, 0.347854845137453857};

    private Exponentials() {}

    /** Integral of {@code exp(-x s)} over s from 0 to 1: {@code (1 - exp(-x)) / x}. */
    static double one(double x) {
        return x == 0 ? 1 : -StrictMath.expm1(-x) / x;
    }

    /** Integral of {@code (1 - s) exp(-x s)} over s from 0 to 1: {@code (x - 1 + exp(-x)) / x^2}. */
    static double rising(double x) {
        if (x > SMALL) {
            return (x + StrictMath.expm1(-x)) / (x * x);
        }
        double sum = 0;
        double term = 0.5;
        for (int k = 0; k < TERMS; k++) {
            sum += term;
            term *= -x / (k + 3);
        }
        return sum;
    }

    /** Integral of {@code s exp(-x s)} over s from 0 to 1: {@code (1 - (1 + x) exp(-x)) / x^2}. */
    static double falling(double x) {
        if (x > SMALL) {
            return (-StrictMath.expm1(-x) - x * StrictMath.exp(-x)) / (x * x);
        }
        double sum = 0;
        double term = 1;
        for (int k = 0; k < TERMS; k++) {
            sum += term / (k + 2);
            term *= -x / (k + 1);
        }
        return sum;
    }

    /** {@code exp(-a t)} folded with {@code exp(-b t)}: {@code (exp(-a t) - exp(-b t)) / (b - a)}. */
    static double folded(double a, double b, double t) {
        double slow = Math.min(a, b);
        return t * StrictMath.exp(-slow * t) * one(Math.abs(b - a) * t);
    }

    /** Integral of {@link #folded} from 0 to t. */
    static double foldedIntegral(double a, double b, double t) {
        double x = a * t;
        double y = b * t;
        if (Math.abs(y - x) > ALIKE) {
            return t * t * (one(x) - one(y)) / (y - x);
        }
        double middle = (x + y) / 2;
        double half = (y - x) / 2;
        double sum = 0;
        for (int n = 0; n < NODES.length; n++) {
            sum += WEIGHTS[n] * (falling(middle - half * NODES[n]) + falling(middle + half * NODES[n])) / 2;
        }
        return t * t * sum;
    }
}
