package org.oncotwin.benchmarks.ode;

import org.oncotwin.api.solver.SparsityPattern;

/**
 * High irradiance response of a plant, eight substances.
 *
 * <p>Schaefer: A new approach to explain the high irradiance responses of photomorphogenesis on the basis of phytochrome, J. Math. Biology 2 (1975) 41-56; Hairer, Wanner II,
 * section IV.10 (HIRES); Mazzia, Magherini: Test Set for Initial Value Problem Solvers, 2008.
 */
final class Hires extends BenchmarkSystem {

    private static final double JOIN = 280;

    Hires() {
        super(8, SparsityPattern.ofColumns(new int[][] {
            {0, 1}, {0, 1, 3}, {0, 2, 3}, {2, 3, 5}, {2, 4, 5}, {4, 5, 6, 7}, {4, 5, 6, 7}, {5, 6, 7}
        }));
    }

    @Override
    public void derivatives(double day, double[] y, double[] parameters, double[] f) {
        double joined = JOIN * y[5] * y[7];
        f[0] = -1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007;
        f[1] = 1.71 * y[0] - 8.75 * y[1];
        f[2] = -10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4];
        f[3] = 8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3];
        f[4] = -1.745 * y[4] + 0.43 * y[5] + 0.43 * y[6];
        f[5] = -joined + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6];
        f[6] = joined - 1.81 * y[6];
        f[7] = -joined + 1.81 * y[6];
    }

    @Override
    public void jacobian(double day, double[] y, double[] parameters, double[] entries) {
        double p = JOIN * y[7];
        double q = JOIN * y[5];
        int n = 0;
        entries[n++] = -1.71;
        entries[n++] = 1.71;
        entries[n++] = 0.43;
        entries[n++] = -8.75;
        entries[n++] = 8.32;
        entries[n++] = 8.32;
        entries[n++] = -10.03;
        entries[n++] = 1.71;
        entries[n++] = 0.43;
        entries[n++] = -1.12;
        entries[n++] = 0.69;
        entries[n++] = 0.035;
        entries[n++] = -1.745;
        entries[n++] = 1.71;
        entries[n++] = 0.43;
        entries[n++] = -0.43 - p;
        entries[n++] = p;
        entries[n++] = -p;
        entries[n++] = 0.43;
        entries[n++] = 0.69;
        entries[n++] = -1.81;
        entries[n++] = 1.81;
        entries[n++] = -q;
        entries[n++] = q;
        entries[n] = -q;
    }
}
