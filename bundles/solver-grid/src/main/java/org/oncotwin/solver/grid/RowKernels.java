package org.oncotwin.solver.grid;

/**
 * The inner loops over rows. Each loop is short and uses one index for all arrays, so that C2 makes vector code of it: with more than some 30 nodes in its body it unrolls too
 * little to look for vectors. Differences are taken before they are multiplied, so that equal values exchange exactly nothing.
 */
final class RowKernels {

    private RowKernels() {}

    /** q = c (east - 2 u + west), with equal conductances on both sides. */
    static void exchange(double[] u, double[] east, double[] west, double[] q, int from, int to, double c) {
        for (int i = from; i < to; i++) {
            q[i] = c * ((east[i] - u[i]) - (u[i] - west[i]));
        }
    }

    /** q += c (north - 2 u + south). */
    static void addExchange(double[] u, double[] north, double[] south, double[] q, int from, int to, double c) {
        for (int i = from; i < to; i++) {
            q[i] += c * ((north[i] - u[i]) - (u[i] - south[i]));
        }
    }

    /** target = survival (u + q + c (above - 2 u + below) + growth u (1 - u/K)), where {@code crowding} is growth/K. */
    static void exchangeAndGrow(
            double[] u,
            double[] above,
            double[] below,
            double[] q,
            double[] target,
            int from,
            int to,
            double c,
            double growth,
            double crowding,
            double survival) {
        for (int i = from; i < to; i++) {
            target[i] = survival
                    * (u[i] + (q[i] + c * ((above[i] - u[i]) - (u[i] - below[i]))) + u[i] * (growth - crowding * u[i]));
        }
    }

    /** flux = conductance (east - u). */
    static void flux(double[] conductance, double[] u, double[] east, double[] flux, int from, int to) {
        for (int i = from; i < to; i++) {
            flux[i] = conductance[i] * (east[i] - u[i]);
        }
    }

    /** q = cn (north - u) - cs (u - south). */
    static void exchange(
            double[] u, double[] north, double[] south, double[] cn, double[] cs, double[] q, int from, int to) {
        for (int i = from; i < to; i++) {
            q[i] = cn[i] * (north[i] - u[i]) - cs[i] * (u[i] - south[i]);
        }
    }

    /** q += ca (above - u) - cb (u - below). */
    static void addExchange(
            double[] u, double[] above, double[] below, double[] ca, double[] cb, double[] q, int from, int to) {
        for (int i = from; i < to; i++) {
            q[i] += ca[i] * (above[i] - u[i]) - cb[i] * (u[i] - below[i]);
        }
    }

    /** target = survival (u + q + (inflow - outflow) + growth u (1 - u/K)). */
    static void grow(
            double[] u,
            double[] q,
            double[] inflow,
            double[] outflow,
            double[] target,
            int from,
            int to,
            double growth,
            double crowding,
            double survival) {
        for (int i = from; i < to; i++) {
            target[i] = survival * (u[i] + (q[i] + (inflow[i] - outflow[i])) + u[i] * (growth - crowding * u[i]));
        }
    }

    /** As {@link #grow}, with a rate per voxel times the integral of the proliferation factor. */
    static void growByVoxel(
            double[] u,
            double[] q,
            double[] rate,
            double[] target,
            int from,
            int to,
            double factor,
            double inverseCapacity,
            double survival) {
        for (int i = from; i < to; i++) {
            target[i] = survival * (u[i] + q[i] + factor * rate[i] * u[i] * (1 - inverseCapacity * u[i]));
        }
    }

    /** q += inflow - outflow. */
    static void addDifference(double[] inflow, double[] outflow, double[] q, int from, int to) {
        for (int i = from; i < to; i++) {
            q[i] += inflow[i] - outflow[i];
        }
    }
}
