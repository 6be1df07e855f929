package org.oncotwin.solver.grid.scheme;

/**
 * Symmetric 3x3 tensors without a negative eigenvalue. Components are in the order xx, yy, zz, xy, xz, yz, as in {@link org.oncotwin.api.twin.TensorField}.
 */
final class SemidefiniteTensor {

    /** Largest negative eigenvalue, relative to the trace, that is taken for rounding: images and tensor fields are kept in single precision (6e-8), several roundings deep. */
    static final double ROUNDING = 1e-6;

    private SemidefiniteTensor() {}

    /**
     * Adds to the diagonal what a tensor that is semi-definite but for rounding needs to be so in double precision, and leaves others alone.
     *
     * @return false if the tensor has an eigenvalue below zero by more than rounding, or is not finite
     */
    static boolean settle(double[] t) {
        double trace = t[0] + t[1] + t[2];
        if (!(trace >= 0) || !Double.isFinite(trace)) {
            return false;
        }
        if (isSemidefinite(t)) {
            return true;
        }
        for (int a = 0; a < 3; a++) {
            t[a] += ROUNDING * trace;
        }
        return isSemidefinite(t);
    }

    /** True if no eigenvalue is negative. By elimination: no pivot is negative, and a pivot of zero has a row of zeros. */
    static boolean isSemidefinite(double[] t) {
        double yy = t[1];
        double zz = t[2];
        double yz = t[5];
        if (t[0] > 0) {
            yy -= t[3] * t[3] / t[0];
            zz -= t[4] * t[4] / t[0];
            yz -= t[3] * t[4] / t[0];
        } else if (!(t[0] == 0 && t[3] == 0 && t[4] == 0)) {
            return false;
        }
        if (yy > 0) {
            zz -= yz * yz / yy;
        } else if (!(yy == 0 && yz == 0)) {
            return false;
        }
        return zz >= 0;
    }
}
