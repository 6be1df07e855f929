package org.oncotwin.solver.linear;

import java.math.BigDecimal;
import java.math.MathContext;

/** exp(A t) with 60 digits: Taylor series over t/2^k, squared k times. */
final class ExactExponential {

    private static final MathContext DIGITS = new MathContext(60);
    private static final int HALVINGS = 8;

    private ExactExponential() {}

    /** Row by row, rounded to doubles. */
    static double[] of(int n, double[] matrix, double time) {
        int squarings = HALVINGS;
        for (double entry : matrix) {
            squarings = Math.max(squarings, HALVINGS + Math.getExponent(Math.abs(entry * time * n) + 1));
        }
        BigDecimal step = new BigDecimal(time).divide(new BigDecimal(2).pow(squarings), DIGITS);
        BigDecimal[] scaled = new BigDecimal[n * n];
        BigDecimal[] sum = new BigDecimal[n * n];
        for (int e = 0; e < n * n; e++) {
            scaled[e] = new BigDecimal(matrix[e]).multiply(step, DIGITS);
            sum[e] = e % (n + 1) == 0 ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        BigDecimal[] term = sum.clone();
        for (int k = 1; k < 22; k++) {
            term = multiply(n, term, scaled);
            for (int e = 0; e < n * n; e++) {
                term[e] = term[e].divide(BigDecimal.valueOf(k), DIGITS);
                sum[e] = sum[e].add(term[e], DIGITS);
            }
        }
        for (int k = 0; k < squarings; k++) {
            sum = multiply(n, sum, sum);
        }
        double[] result = new double[n * n];
        for (int e = 0; e < n * n; e++) {
            result[e] = sum[e].doubleValue();
        }
        return result;
    }

    private static BigDecimal[] multiply(int n, BigDecimal[] left, BigDecimal[] right) {
        BigDecimal[] product = new BigDecimal[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                BigDecimal sum = BigDecimal.ZERO;
                for (int k = 0; k < n; k++) {
                    sum = sum.add(left[i * n + k].multiply(right[k * n + j], DIGITS), DIGITS);
                }
                product[i * n + j] = sum;
            }
        }
        return product;
    }
}
