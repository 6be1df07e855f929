package org.oncotwin.solver.grid;

import static org.oncotwin.solver.grid.Tiles.LANES;

/**
 * The inner loops over a tile. Each is short and reads and writes at one index or at offsets of whole lanes, so that C2 makes vector code of it. Differences are taken before
 * they are multiplied, so that equal values exchange exactly nothing, and the flux through a face is the same number on both sides, so that nothing is lost.
 */
final class TileKernels {

    private TileKernels() {}

    /** q = exchange along the first index. */
    static void alongFirst(double[] v, double[] east, double[] q, int from, int to) {
        for (int i = from; i < to; i++) {
            q[i] = east[i] * (v[i + LANES] - v[i]) + east[i - LANES] * (v[i - LANES] - v[i]);
        }
    }

    /** flux = conductance (neighbour - v). */
    static void flux(double[] conductance, double[] neighbour, double[] v, double[] flux, int from, int to) {
        for (int i = from; i < to; i++) {
            flux[i] = conductance[i] * (neighbour[i] - v[i]);
        }
    }

    /** q += inflow - outflow. */
    static void add(double[] inflow, double[] outflow, double[] q, int from, int to) {
        for (int i = from; i < to; i++) {
            q[i] += inflow[i] - outflow[i];
        }
    }

    /** out = start + c q. Apart from the exchange along the third index: with eight arrays in one loop C2 makes no vector code, and it takes three times as long. */
    static void taylor(double[] start, double[] q, double[] out, double c, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = start[i] + c * q[i];
        }
    }

    /** kept = q, q = start + c q. */
    static void keep(double[] start, double[] q, double[] kept, double c, int from, int to) {
        for (int i = from; i < to; i++) {
            kept[i] = q[i];
            q[i] = start[i] + c * q[i];
        }
    }

    /** q += conductance (neighbour - v). */
    static void addFlux(double[] conductance, double[] neighbour, double[] v, double[] q, int from, int to) {
        for (int i = from; i < to; i++) {
            q[i] += conductance[i] * (neighbour[i] - v[i]);
        }
    }

    /** out = a start + b v + c q + d out. */
    static void stage(
            double[] start,
            double[] v,
            double[] q,
            double[] out,
            double a,
            double b,
            double c,
            double d,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            out[i] = a * start[i] + b * v[i] + (c * q[i] + d * out[i]);
        }
    }

    /** out = a start + b v + c q, where out holds nothing yet. */
    static void stage(
            double[] start, double[] v, double[] q, double[] out, double a, double b, double c, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a * start[i] + b * v[i] + c * q[i];
        }
    }

    /** out = u + u (e - r u) / (1 + r u), one rate everywhere. */
    static void react(double[] u, double[] out, double e, double r, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = u[i] + u[i] * (e - r * u[i]) / (1 + r * u[i]);
        }
    }

    /** The same with numbers per voxel. */
    static void react(double[] u, double[] out, double[] e, double[] r, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = u[i] + u[i] * (e[i] - r[i] * u[i]) / (1 + r[i] * u[i]);
        }
    }

    /** q *= g / (g - r u)^2: by the inverse of the slope of the reaction w g / (1 + r w) where it leads to u. */
    static void inverseSlope(double[] q, double[] u, double g, double r, int from, int to) {
        for (int i = from; i < to; i++) {
            double d = g - r * u[i];
            q[i] *= g / (d * d);
        }
    }

    /** The same with numbers per voxel, g = 1 + e. */
    static void inverseSlope(double[] q, double[] u, double[] e, double[] r, int from, int to) {
        for (int i = from; i < to; i++) {
            double g = 1 + e[i];
            double d = g - r[i] * u[i];
            q[i] *= g / (d * d);
        }
    }

    /** p = k m (g - r u) / g: the part of the derivative of a slope k by the density that is due to the factor of the operator, over 2 r; q += 2 r p. */
    static void reverseFactor(
            double[] k, double[] m, double[] u, double g, double r, double[] p, double[] q, int from, int to) {
        double share = r / g;
        double twice = 2 * r;
        for (int i = from; i < to; i++) {
            p[i] = k[i] * m[i] * (1 - share * u[i]);
            q[i] += twice * p[i];
        }
    }

    /** byE = (q u - p (g + r u)) / g, p = u (2 p - q u / g), out = q (g - r u)^2 / g. */
    static void reverseStage(
            double[] q, double[] u, double[] p, double g, double r, double[] byE, double[] out, int from, int to) {
        double inverse = 1 / g;
        for (int i = from; i < to; i++) {
            double product = q[i] * u[i];
            byE[i] = (product - p[i] * (g + r * u[i])) * inverse;
            p[i] = u[i] * (2 * p[i] - product * inverse);
            double d = g - r * u[i];
            out[i] = q[i] * d * d * inverse;
        }
    }

    /** p = k m (g - r u) / g with numbers per voxel, g = 1 + e. */
    static void reverseFactor(
            double[] k, double[] m, double[] u, double[] e, double[] r, double[] p, int from, int to) {
        for (int i = from; i < to; i++) {
            p[i] = k[i] * m[i] * (1 + e[i] - r[i] * u[i]) / (1 + e[i]);
        }
    }

    /** byE = (q u - p (g + r u)) / g with numbers per voxel. */
    static void byExponent(double[] q, double[] u, double[] p, double[] e, double[] r, double[] byE, int from, int to) {
        for (int i = from; i < to; i++) {
            byE[i] = (q[i] * u[i] - p[i] * (1 + e[i] + r[i] * u[i])) / (1 + e[i]);
        }
    }

    /** p = u (2 p - q u / g) with numbers per voxel. */
    static void byCrowding(double[] q, double[] u, double[] e, double[] p, int from, int to) {
        for (int i = from; i < to; i++) {
            p[i] = u[i] * (2 * p[i] - q[i] * u[i] / (1 + e[i]));
        }
    }

    /** out = q (g - r u)^2 / g with numbers per voxel. */
    static void slope(double[] q, double[] u, double[] e, double[] r, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            double d = 1 + e[i] - r[i] * u[i];
            out[i] = q[i] * d * d / (1 + e[i]);
        }
    }

    /** q += 2 r p. */
    static void addTwice(double[] r, double[] p, double[] q, int from, int to) {
        for (int i = from; i < to; i++) {
            q[i] += 2 * r[i] * p[i];
        }
    }

    /** q = |q| g / (1 + r w)^2: its magnitude times the slope of the reaction of w. */
    static void timesSlope(double[] q, double[] w, double g, double r, int from, int to) {
        for (int i = from; i < to; i++) {
            double d = 1 + r * w[i];
            q[i] = Math.abs(q[i]) * g / (d * d);
        }
    }

    /** The same with numbers per voxel, g = 1 + e. */
    static void timesSlope(double[] q, double[] w, double[] e, double[] r, int from, int to) {
        for (int i = from; i < to; i++) {
            double d = 1 + r[i] * w[i];
            q[i] = Math.abs(q[i]) * (1 + e[i]) / (d * d);
        }
    }

    /** value = value z + c. */
    static void horner(double[] value, double[] z, double c, int from, int to) {
        for (int i = from; i < to; i++) {
            value[i] = value[i] * z[i] + c;
        }
    }

    /** out = a u. */
    static void scale(double[] u, double a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a * u[i];
        }
    }

    /** out = u + v. */
    static void sum(double[] u, double[] v, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = u[i] + v[i];
        }
    }

    /** out += a u. */
    static void addScaled(double[] u, double a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] += a * u[i];
        }
    }

    /** other = |u - other|. */
    static void difference(double[] u, double[] other, int from, int to) {
        for (int i = from; i < to; i++) {
            other[i] = Math.abs(u[i] - other[i]);
        }
    }

    /** u *= other. */
    static void multiply(double[] u, double[] other, int from, int to) {
        for (int i = from; i < to; i++) {
            u[i] *= other[i];
        }
    }

    /**
     * The reaction u = v (1 + e) / (1 + r v) backwards: from the derivative with respect to u those with respect to v, e and r.
     */
    static void reverseReact(
            double[] v, double[] e, double[] r, double[] cotangent, double[] byE, double[] byR, int from, int to) {
        for (int i = from; i < to; i++) {
            byR[i] = 1 / (1 + r[i] * v[i]);
        }
        reverseShare(v, cotangent, byE, byR, from, to);
        for (int i = from; i < to; i++) {
            cotangent[i] *= (1 + e[i]) * byR[i] * byR[i];
        }
        reverseCrowding(v, cotangent, byR, from, to);
    }

    /** The same with one e and one r for all voxels. */
    static void reverseReact(
            double[] v, double e, double r, double[] cotangent, double[] byE, double[] byR, int from, int to) {
        for (int i = from; i < to; i++) {
            byR[i] = 1 / (1 + r * v[i]);
        }
        reverseShare(v, cotangent, byE, byR, from, to);
        for (int i = from; i < to; i++) {
            cotangent[i] *= (1 + e) * byR[i] * byR[i];
        }
        reverseCrowding(v, cotangent, byR, from, to);
    }

    private static void reverseShare(double[] v, double[] cotangent, double[] byE, double[] share, int from, int to) {
        for (int i = from; i < to; i++) {
            byE[i] = cotangent[i] * v[i] * share[i];
        }
    }

    private static void reverseCrowding(double[] v, double[] cotangent, double[] byR, int from, int to) {
        for (int i = from; i < to; i++) {
            byR[i] = -cotangent[i] * v[i] * v[i];
        }
    }

    /** sum += a b + c d with numbers b and d. */
    static void addProducts(double[] a, double b, double[] c, double d, double[] sum, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] += a[i] * b + c[i] * d;
        }
    }

    /** sum += a b + c d. */
    static void addProducts(double[] a, double[] b, double[] c, double[] d, double[] sum, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] += a[i] * b[i] + c[i] * d[i];
        }
    }

    /** sum += c (other y - y) (cotangent - other cotangent). */
    static void gather(
            double[] y,
            double[] otherY,
            double[] cotangent,
            double[] otherCotangent,
            double c,
            double[] sum,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            sum[i] += c * (otherY[i] - y[i]) * (cotangent[i] - otherCotangent[i]);
        }
    }

    /** The same with the next voxel along the first index. */
    static void gatherNext(double[] y, double[] cotangent, double c, double[] sum, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] += c * (y[i + LANES] - y[i]) * (cotangent[i] - cotangent[i + LANES]);
        }
    }

    /** out = scale b c^2. */
    static void coupled(double[] b, double[] c, double scale, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = scale * b[i] * c[i] * c[i];
        }
    }

    /** out += scale b c^2. */
    static void addCoupled(double[] b, double[] c, double scale, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] += scale * b[i] * c[i] * c[i];
        }
    }

    /** out = scale b c^2 here and at the voxel before along the first index. */
    static void coupledNext(double[] b, double[] c, double scale, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = scale * (b[i] * c[i] * c[i] + b[i - LANES] * c[i - LANES] * c[i - LANES]);
        }
    }

    /** Sum of a span whose length is a multiple of the lanes, always in the same order; the span is used up. */
    static double sum(double[] values, int from, int to) {
        int places = (to - from) / LANES;
        while (places > 1) {
            int half = (places + 1) / 2;
            fold(values, from, from + (places - half) * LANES, half * LANES);
            places = half;
        }
        double total = 0;
        for (int lane = 0; lane < LANES; lane++) {
            total += values[from + lane];
        }
        return total;
    }

    private static void fold(double[] values, int from, int to, int distance) {
        for (int i = from; i < to; i++) {
            values[i] += values[i + distance];
        }
    }
}
