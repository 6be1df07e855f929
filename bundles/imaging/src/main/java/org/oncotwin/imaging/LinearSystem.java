package org.oncotwin.imaging;

/** Solves small symmetric positive definite systems. */
final class LinearSystem {

    private LinearSystem() {}

    /** Cholesky decomposition of the lower triangle, which is overwritten. */
    static double[] solve(double[][] lower, double[] right) {
        int size = right.length;
        double[] x = right.clone();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = lower[row][column];
                for (int n = 0; n < column; n++) {
                    sum -= lower[row][n] * lower[column][n];
                }
                lower[row][column] = row == column ? Math.sqrt(sum) : sum / lower[column][column];
            }
        }
        for (int row = 0; row < size; row++) {
            for (int n = 0; n < row; n++) {
                x[row] -= lower[row][n] * x[n];
            }
            x[row] /= lower[row][row];
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int n = row + 1; n < size; n++) {
                x[row] -= lower[n][row] * x[n];
            }
            x[row] /= lower[row][row];
        }
        return x;
    }
}
