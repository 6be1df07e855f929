package org.oncotwin.solver.stiff;

import java.util.Arrays;
import org.oncotwin.api.solver.SparsityPattern;

/** Gaussian elimination with partial pivoting of a full matrix, row by row in one array. */
final class DenseEquations implements LinearEquations {

    private final int n;
    private final SparsityPattern pattern;
    private final double[] matrix;
    private final int[] pivots;
    private final double[] reciprocals;

    DenseEquations(SparsityPattern pattern) {
        this.n = pattern.dimension();
        this.pattern = pattern;
        this.matrix = new double[n * n];
        this.pivots = new int[n];
        this.reciprocals = new double[n];
    }

    @Override
    public void startAnew() {
        // Every matrix is taken apart from the beginning anyway.
    }

    @Override
    public boolean factor(double shift, double[] jacobian) {
        fill(shift, jacobian);
        for (int k = 0; k < n; k++) {
            int pivot = pivotRow(k);
            pivots[k] = pivot;
            if (pivot != k) {
                swapRows(k, pivot);
            }
            double diagonal = matrix[k * n + k];
            if (diagonal == 0 || !Double.isFinite(diagonal)) {
                return false;
            }
            reciprocals[k] = 1 / diagonal;
            for (int i = k + 1; i < n; i++) {
                eliminate(k, i);
            }
        }
        return true;
    }

    private void fill(double shift, double[] jacobian) {
        Arrays.fill(matrix, 0);
        for (int column = 0; column < n; column++) {
            for (int entry = pattern.start(column); entry < pattern.start(column + 1); entry++) {
                matrix[pattern.row(entry) * n + column] = -jacobian[entry];
            }
            matrix[column * n + column] += shift;
        }
    }

    private int pivotRow(int k) {
        int pivot = k;
        double most = Math.abs(matrix[k * n + k]);
        for (int i = k + 1; i < n; i++) {
            double size = Math.abs(matrix[i * n + k]);
            if (size > most) {
                most = size;
                pivot = i;
            }
        }
        return pivot;
    }

    private void swapRows(int k, int other) {
        for (int j = 0; j < n; j++) {
            double kept = matrix[k * n + j];
            matrix[k * n + j] = matrix[other * n + j];
            matrix[other * n + j] = kept;
        }
    }

    private void eliminate(int k, int i) {
        double factor = matrix[i * n + k];
        if (factor != 0) {
            factor *= reciprocals[k];
            matrix[i * n + k] = factor;
            int row = i * n;
            int above = k * n;
            for (int j = k + 1; j < n; j++) {
                matrix[row + j] -= factor * matrix[above + j];
            }
        }
    }

    @Override
    public void solve(double[] vector) {
        for (int k = 0; k < n; k++) {
            double kept = vector[pivots[k]];
            vector[pivots[k]] = vector[k];
            vector[k] = kept;
        }
        for (int i = 1; i < n; i++) {
            double sum = vector[i];
            for (int j = 0; j < i; j++) {
                sum -= matrix[i * n + j] * vector[j];
            }
            vector[i] = sum;
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = vector[i];
            for (int j = i + 1; j < n; j++) {
                sum -= matrix[i * n + j] * vector[j];
            }
            vector[i] = sum * reciprocals[i];
        }
    }
}
