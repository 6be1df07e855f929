package org.oncotwin.solver.grid.scheme;

/**
 * Weights that combine 1, 2, ..., k symmetric substeps of one step so that the leading terms of their error cancel: the error of a symmetric method is a series in the square
 * of the substep, so each row adds two orders (Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, section II.9, harmonic sequence).
 */
public final class Extrapolation {

    private Extrapolation() {}

    /**
     * Weights of the rows 1, 2, ..., {@code last} of the table for the value of highest order.
     *
     * @param first first row to use, from 1
     * @param last last row to use
     */
    static double[] weights(int first, int last) {
        double[] weights = new double[last];
        for (int j = first; j <= last; j++) {
            double weight = 1;
            for (int i = first; i <= last; i++) {
                if (i != j) {
                    // Lagrange interpolation in (1/j)^2 at 0.
                    double square = (double) j * j;
                    weight *= square / (square - (double) i * i);
                }
            }
            weights[j - 1] = weight;
        }
        return weights;
    }
}
