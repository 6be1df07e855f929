package org.oncotwin.solver.fem;

/**
 * The decomposition F = U diag(s) V' of a 3 x 3 matrix into rotations U and V, by one-sided Jacobi rotations (Hestenes, J. SIAM 6 (1958) 51-90). U and V have determinant 1 whatever F, so that the singular value of least magnitude is
 * negative if F is inverted (Irving, Teran, Fedkiw: Invertible finite elements for robust simulation of large deformation, SCA 2004). Matrices are row by row. Not safe for several threads.
 */
final class SingularValues {

    private static final int MOST_SWEEPS = 30;

    /** Columns less than this times the longest have no direction of their own. */
    private static final double DEGENERATE = 1e-13;

    final double[] u = new double[9];
    final double[] s = new double[3];
    final double[] v = new double[9];

    void decompose(double[] f) {
        System.arraycopy(f, 0, u, 0, 9);
        for (int n = 0; n < 9; n++) {
            v[n] = n % 4 == 0 ? 1 : 0;
        }
        boolean turned = true;
        for (int sweep = 0; turned && sweep < MOST_SWEEPS; sweep++) {
            turned = turn(0, 1);
            turned |= turn(0, 2);
            turned |= turn(1, 2);
        }
        for (int c = 0; c < 3; c++) {
            s[c] = Math.sqrt(u[c] * u[c] + u[3 + c] * u[3 + c] + u[6 + c] * u[6 + c]);
        }
        int largest = s[0] >= s[1] && s[0] >= s[2] ? 0 : s[1] >= s[2] ? 1 : 2;
        int next = (largest + 1) % 3;
        int last = (largest + 2) % 3;
        if (s[last] > s[next]) {
            // Swapping the roles of two columns changes only which of them is made last.
            int swap = next;
            next = last;
            last = swap;
        }
        scale(largest, s[largest]);
        if (s[next] > DEGENERATE * s[largest]) {
            scale(next, s[next]);
        } else {
            perpendicular(largest, next);
        }
        // The last column is the one that makes U a rotation; F says with which sign.
        double sign = (largest + 1) % 3 == next ? 1 : -1;
        double x = sign * (u[3 + largest] * u[6 + next] - u[6 + largest] * u[3 + next]);
        double y = sign * (u[6 + largest] * u[next] - u[largest] * u[6 + next]);
        double z = sign * (u[largest] * u[3 + next] - u[3 + largest] * u[next]);
        s[last] = x * u[last] + y * u[3 + last] + z * u[6 + last];
        u[last] = x;
        u[3 + last] = y;
        u[6 + last] = z;
    }

    /** Makes two columns of U perpendicular; false if they were. */
    private boolean turn(int p, int q) {
        double pp = u[p] * u[p] + u[3 + p] * u[3 + p] + u[6 + p] * u[6 + p];
        double qq = u[q] * u[q] + u[3 + q] * u[3 + q] + u[6 + q] * u[6 + q];
        double pq = u[p] * u[q] + u[3 + p] * u[3 + q] + u[6 + p] * u[6 + q];
        if (!(pq * pq > 1e-32 * pp * qq)) {
            return false;
        }
        double zeta = (qq - pp) / (2 * pq);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double c = 1 / Math.sqrt(1 + t * t);
        double d = c * t;
        for (int row = 0; row < 9; row += 3) {
            double a = u[row + p];
            u[row + p] = c * a - d * u[row + q];
            u[row + q] = d * a + c * u[row + q];
            double b = v[row + p];
            v[row + p] = c * b - d * v[row + q];
            v[row + q] = d * b + c * v[row + q];
        }
        return true;
    }

    private void scale(int column, double length) {
        if (length > 0) {
            for (int row = 0; row < 9; row += 3) {
                u[row + column] /= length;
            }
        } else {
            for (int row = 0; row < 3; row++) {
                u[3 * row + column] = row == column ? 1 : 0;
            }
        }
    }

    /** Makes a column any unit vector perpendicular to another. */
    private void perpendicular(int given, int column) {
        double x = u[given];
        double y = u[3 + given];
        double z = u[6 + given];
        if (Math.abs(x) < 0.6) {
            u[column] = 0;
            u[3 + column] = z;
            u[6 + column] = -y;
        } else {
            u[column] = -z;
            u[3 + column] = 0;
            u[6 + column] = x;
        }
        scale(column, Math.sqrt(u[column] * u[column] + u[3 + column] * u[3 + column] + u[6 + column] * u[6 + column]));
    }
}
