package org.oncotwin.solver.grid;

import java.util.Arrays;

/**
 * {@link #LANES} neighbouring grid lines and the tridiagonal systems on them. A tile lies in memory position by position, all lanes side by side, with an empty position at
 * each end: number {@code (position + 1) * LANES + lane}. The recurrences along the lines so become loops over long arrays in which each element depends on the one
 * {@link #LANES} places away, and because that distance is a constant C2 makes vector code of them.
 */
final class LineTile {

    /** Lines side by side: a multiple of every vector length, enough to hide the latency of a recurrence, few enough that a tile fits the cache. */
    static final int LANES = 64;

    /** Lines in use. */
    final int lanes;

    /** First position along the lines, in voxels of the box, and the one after the last. */
    final int from;

    final int to;

    /** First line: voxel along the axis across. */
    final int first;

    /** Conductance between a position and the next one. */
    private final double[] c;

    /** Inverse pivots. */
    private final double[] r;

    /**
     * Factors the systems.
     *
     * @param conductances by number in the tile; 0 where lines end
     */
    LineTile(int first, int lanes, int from, int to, double[] conductances) {
        this.first = first;
        this.lanes = lanes;
        this.from = from;
        this.to = to;
        this.c = conductances;
        this.r = new double[conductances.length];
        factor(c, r, LANES, conductances.length - LANES);
    }

    /** Length of the arrays of a tile. */
    static int length(int positions) {
        return (positions + 2) * LANES;
    }

    private static void factor(double[] c, double[] r, int from, int to) {
        for (int m = from; m < to; m++) {
            r[m] = 1 / (1 + c[m] + c[m - LANES] * (1 - c[m - LANES] * r[m - LANES]));
        }
    }

    /**
     * Crank-Nicolson on all lines: u becomes u + 2 d, where (1 - A) d = A u and A is half a step of diffusion. In this form equal values stay equal to the bit, and rounding
     * cannot move mass in one direction.
     *
     * @param u values; changed
     * @param d to work in
     */
    void diffuse(double[] u, double[] d) {
        int end = c.length - LANES;
        Arrays.fill(u, 0, LANES, 0);
        Arrays.fill(d, 0, LANES, 0);
        Arrays.fill(u, end, end + LANES, 0);
        Arrays.fill(d, end, end + LANES, 0);
        exchange(u, d, c, LANES, end);
        eliminate(d, c, r, LANES, end);
        substitute(u, d, c, r, LANES, end);
    }

    private static void exchange(double[] u, double[] d, double[] c, int from, int to) {
        for (int m = from; m < to; m++) {
            d[m] = c[m] * (u[m + LANES] - u[m]) - c[m - LANES] * (u[m] - u[m - LANES]);
        }
    }

    private static void eliminate(double[] d, double[] c, double[] r, int from, int to) {
        for (int m = from; m < to; m++) {
            d[m] = r[m] * (d[m] + c[m - LANES] * d[m - LANES]);
        }
    }

    private static void substitute(double[] u, double[] d, double[] c, double[] r, int from, int to) {
        for (int m = to - 1; m >= from; m--) {
            double change = d[m] + c[m] * r[m] * d[m + LANES];
            d[m] = change;
            u[m] += 2 * change;
        }
    }

    /**
     * Exact logistic growth between two losses: u becomes v + v g (K - v) / (1 + g v) times {@code after}, where v is u times {@code before} and g = (exp(rho t) - 1) / K.
     */
    void grow(double[] u, double before, double g, double capacity, double after) {
        grow(u, LANES, c.length - LANES, before, g, capacity, after);
    }

    private static void grow(double[] u, int from, int to, double before, double g, double capacity, double after) {
        for (int m = from; m < to; m++) {
            double v = u[m] * before;
            u[m] = (v + v * g * (capacity - v) / (1 + g * v)) * after;
        }
    }
}
