package org.oncotwin.solver.fem;

import java.util.Arrays;
import org.oncotwin.api.twin.Cancellation;

/** Preconditioned conjugate gradients for the components that are not held; the preconditioner is the inverse of the block of each node (Saad: Iterative Methods for Sparse Linear Systems, 2nd ed., SIAM 2003, algorithm 9.1). */
final class ConjugateGradients {

    /** How a solution ended. */
    enum End {
        /** The residual is as small as was asked. */
        CONVERGED,
        /** Too many iterations; what was found is still a direction of descent. */
        NOT_CONVERGED,
        /** The matrix is not positive definite. */
        INDEFINITE
    }

    private final BlockMatrix matrix;
    private final boolean[] held;
    private final Cancellation cancellation;
    private final int mostIterations;
    private final double[] inverses;
    private final double[] residual;
    private final double[] preconditioned;
    private final double[] direction;
    private final double[] product;
    private final double[] block = new double[9];
    private long iterations;

    ConjugateGradients(BlockMatrix matrix, boolean[] held, Cancellation cancellation) {
        this.matrix = matrix;
        this.held = held;
        this.cancellation = cancellation;
        int size = held.length;
        mostIterations = Math.max(1000, Math.min(20_000, 4 * size));
        inverses = new double[3 * size];
        residual = new double[size];
        preconditioned = new double[size];
        direction = new double[size];
        product = new double[size];
    }

    /** Iterations of all solutions together. */
    long iterations() {
        return iterations;
    }

    /**
     * Solves A x = right.
     *
     * @param right right-hand side; counts only where nothing is held
     * @param relative allowed norm of the residual over that of the right-hand side
     * @param x where the solution goes, 0 where held
     */
    End solve(double[] right, double relative, double[] x) {
        Arrays.fill(x, 0);
        for (int n = 0; n < x.length; n++) {
            residual[n] = held[n] ? 0 : right[n];
        }
        double allowed = relative * Math.sqrt(dot(residual, residual));
        if (allowed == 0) {
            return End.CONVERGED;
        }
        if (!precondition()) {
            return End.INDEFINITE;
        }
        apply(residual, preconditioned);
        System.arraycopy(preconditioned, 0, direction, 0, x.length);
        double rz = dot(residual, preconditioned);
        for (int n = 0; n < mostIterations; n++) {
            cancellation.check();
            iterations++;
            matrix.multiply(direction, product);
            for (int m = 0; m < x.length; m++) {
                if (held[m]) {
                    product[m] = 0;
                }
            }
            double curvature = dot(direction, product);
            if (!(curvature > 0)) {
                return End.INDEFINITE;
            }
            double step = rz / curvature;
            for (int m = 0; m < x.length; m++) {
                x[m] += step * direction[m];
                residual[m] -= step * product[m];
            }
            if (Math.sqrt(dot(residual, residual)) <= allowed) {
                return End.CONVERGED;
            }
            apply(residual, preconditioned);
            double next = dot(residual, preconditioned);
            double share = next / rz;
            rz = next;
            for (int m = 0; m < x.length; m++) {
                direction[m] = preconditioned[m] + share * direction[m];
            }
        }
        return End.NOT_CONVERGED;
    }

    /** Inverts the block of each node, with a row and column of the identity where a component is held; false if one is not positive definite. */
    private boolean precondition() {
        for (int node = 0; node < matrix.nodes; node++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    boolean out = held[3 * node + i] || held[3 * node + j];
                    block[3 * i + j] = !out ? matrix.entry(node, i, j) : i == j ? 1 : 0;
                }
            }
            double minor = block[0] * block[4] - block[1] * block[3];
            double c0 = block[4] * block[8] - block[5] * block[7];
            double c1 = block[5] * block[6] - block[3] * block[8];
            double c2 = block[3] * block[7] - block[4] * block[6];
            double determinant = block[0] * c0 + block[1] * c1 + block[2] * c2;
            if (!(block[0] > 0 && minor > 0 && determinant > 0)) {
                return false;
            }
            int to = 9 * node;
            inverses[to] = c0 / determinant;
            inverses[to + 1] = c1 / determinant;
            inverses[to + 2] = c2 / determinant;
            inverses[to + 3] = inverses[to + 1];
            inverses[to + 4] = (block[0] * block[8] - block[2] * block[6]) / determinant;
            inverses[to + 5] = (block[2] * block[3] - block[0] * block[5]) / determinant;
            inverses[to + 6] = inverses[to + 2];
            inverses[to + 7] = inverses[to + 5];
            inverses[to + 8] = minor / determinant;
        }
        return true;
    }

    private void apply(double[] from, double[] to) {
        for (int n = 0; n < from.length; n += 3) {
            int i = 3 * n;
            to[n] = inverses[i] * from[n] + inverses[i + 1] * from[n + 1] + inverses[i + 2] * from[n + 2];
            to[n + 1] = inverses[i + 3] * from[n] + inverses[i + 4] * from[n + 1] + inverses[i + 5] * from[n + 2];
            to[n + 2] = inverses[i + 6] * from[n] + inverses[i + 7] * from[n + 1] + inverses[i + 8] * from[n + 2];
        }
        for (int n = 0; n < to.length; n++) {
            if (held[n]) {
                to[n] = 0;
            }
        }
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            sum += a[n] * b[n];
        }
        return sum;
    }
}
