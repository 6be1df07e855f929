package org.oncotwin.solver.linear;

import java.util.Arrays;
import org.oncotwin.api.twin.Cancellation;

/** Square matrices, row by row in one array. */
final class Matrices {

    /** From this size on a product takes long enough that cancellation is looked at before each. */
    private static final int LARGE = 32;

    private Matrices() {}

    /** product = left right. */
    static void multiply(int n, double[] left, double[] right, double[] product, Cancellation cancellation) {
        Arrays.fill(product, 0, n * n, 0);
        multiplyAdd(n, left, right, product, cancellation);
    }

    /** sum += left right. */
    static void multiplyAdd(int n, double[] left, double[] right, double[] sum, Cancellation cancellation) {
        if (n >= LARGE) {
            cancellation.check();
        }
        for (int i = 0; i < n; i++) {
            int row = i * n;
            for (int k = 0; k < n; k++) {
                double factor = left[row + k];
                if (factor != 0) {
                    int from = k * n;
                    for (int j = 0; j < n; j++) {
                        sum[row + j] += factor * right[from + j];
                    }
                }
            }
        }
    }

    /** sum += matrix vector. */
    static void timesVectorAdd(int n, double[] matrix, double[] vector, double[] sum) {
        for (int i = 0; i < n; i++) {
            double s = 0;
            for (int j = 0; j < n; j++) {
                s += matrix[i * n + j] * vector[j];
            }
            sum[i] += s;
        }
    }

    /** Largest sum of magnitudes of a column. */
    static double norm(int n, double[] matrix) {
        double largest = 0;
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.abs(matrix[i * n + j]);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /** Solves matrix x = right for as many right-hand sides, with row pivoting; both are overwritten, the right-hand sides with x. */
    static void solve(int n, double[] matrix, double[] right) {
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int i = column + 1; i < n; i++) {
                if (Math.abs(matrix[i * n + column]) > Math.abs(matrix[pivot * n + column])) {
                    pivot = i;
                }
            }
            if (pivot != column) {
                swapRows(n, matrix, pivot, column);
                swapRows(n, right, pivot, column);
            }
            for (int i = column + 1; i < n; i++) {
                double factor = matrix[i * n + column] / matrix[column * n + column];
                if (factor != 0) {
                    for (int j = column + 1; j < n; j++) {
                        matrix[i * n + j] -= factor * matrix[column * n + j];
                    }
                    for (int j = 0; j < n; j++) {
                        right[i * n + j] -= factor * right[column * n + j];
                    }
                }
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                double factor = matrix[i * n + k];
                for (int j = 0; j < n; j++) {
                    right[i * n + j] -= factor * right[k * n + j];
                }
            }
            for (int j = 0; j < n; j++) {
                right[i * n + j] /= matrix[i * n + i];
            }
        }
    }

    private static void swapRows(int n, double[] matrix, int a, int b) {
        for (int j = 0; j < n; j++) {
            double kept = matrix[a * n + j];
            matrix[a * n + j] = matrix[b * n + j];
            matrix[b * n + j] = kept;
        }
    }
}
