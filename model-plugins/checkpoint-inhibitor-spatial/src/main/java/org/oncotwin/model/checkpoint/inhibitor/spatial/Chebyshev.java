package org.oncotwin.model.checkpoint.inhibitor.spatial;

import org.oncotwin.api.twin.TimeFunction;

/**
 * A rate over a window of time by its values at the points cos(pi n / N) of Chebyshev (Trefethen 2013, Approximation Theory and Approximation Practice, chapters 2 to 4 and 19). What it stands for is
 * not negative; where the polynomial falls below 0 by its error it is 0.
 */
final class Chebyshev implements TimeFunction {

    /** Degree N: twelve, so that a window of some time constants of the fastest cytokine needs no halving. */
    static final int DEGREE = 12;

    private static final double[][] BASIS = new double[DEGREE + 1][DEGREE + 1];

    static {
        for (int k = 0; k <= DEGREE; k++) {
            for (int n = 0; n <= DEGREE; n++) {
                double weight = (n % DEGREE == 0 ? 1.0 : 2.0) / DEGREE * (k % DEGREE == 0 ? 0.5 : 1.0);
                BASIS[k][n] = weight * StrictMath.cos(Math.PI * k * (DEGREE - n) / DEGREE);
            }
        }
    }

    private final double start;
    private final double end;
    private final double[] value = new double[DEGREE + 1];
    private final double[] integral = new double[DEGREE + 2];

    /**
     * Through values.
     *
     * @param start first day
     * @param end last day
     * @param values at {@link #days}
     */
    Chebyshev(double start, double end, double[] values) {
        this.start = start;
        this.end = end;
        for (int k = 0; k <= DEGREE; k++) {
            for (int n = 0; n <= DEGREE; n++) {
                value[k] += BASIS[k][n] * values[n];
            }
        }
        for (int k = 1; k <= DEGREE + 1; k++) {
            double lower = k == 1 ? 2 * value[0] : value[k - 1];
            double upper = k < DEGREE ? value[k + 1] : 0;
            integral[k] = (end - start) / 2 * (lower - upper) / (2 * k);
        }
    }

    /** The days of the points, ascending, the first and the last day included. */
    static double[] days(double start, double end) {
        double[] days = new double[DEGREE + 1];
        for (int n = 0; n <= DEGREE; n++) {
            days[n] = start + (end - start) * (1 - StrictMath.cos(Math.PI * n / DEGREE)) / 2;
        }
        days[DEGREE] = end;
        return days;
    }

    /** What the two highest terms add, a bound of the error where the terms fall. */
    double tail() {
        return Math.abs(value[DEGREE - 1]) + Math.abs(value[DEGREE]);
    }

    @Override
    public double at(double day) {
        return Math.max(0, sum(value, day));
    }

    @Override
    public double integral(double from, double to) {
        return Math.max(0, sum(integral, to) - sum(integral, from));
    }

    /** Clenshaw 1955. */
    private double sum(double[] terms, double day) {
        double x = 2 * (day - start) / (end - start) - 1;
        double next = 0;
        double afterNext = 0;
        for (int k = terms.length - 1; k >= 1; k--) {
            double term = terms[k] + 2 * x * next - afterNext;
            afterNext = next;
            next = term;
        }
        return terms[0] + x * next - afterNext;
    }
}
