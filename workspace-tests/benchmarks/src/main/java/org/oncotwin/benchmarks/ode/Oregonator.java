package org.oncotwin.benchmarks.ode;

/**
 * The Belousov-Zhabotinskii reaction, a stiff limit cycle.
 *
 * <p>Field, Noyes: Oscillations in chemical systems IV, J. Chem. Phys. 60 (1974) 1877-1884; Hairer, Wanner II, section IV.10 (OREGO).
 */
final class Oregonator extends BenchmarkSystem {

    private static final double S = 77.27;
    private static final double Q = 8.375e-6;
    private static final double W = 0.161;

    Oregonator() {
        super(3);
    }

    @Override
    public void derivatives(double day, double[] y, double[] parameters, double[] f) {
        f[0] = S * (y[1] + y[0] * (1 - Q * y[0] - y[1]));
        f[1] = (y[2] - (1 + y[0]) * y[1]) / S;
        f[2] = W * (y[0] - y[2]);
    }

    @Override
    public void jacobian(double day, double[] y, double[] parameters, double[] entries) {
        entries[0] = S * (1 - 2 * Q * y[0] - y[1]);
        entries[1] = -y[1] / S;
        entries[2] = W;
        entries[3] = S * (1 - y[0]);
        entries[4] = -(1 + y[0]) / S;
        entries[5] = 0;
        entries[6] = 0;
        entries[7] = 1 / S;
        entries[8] = -W;
    }
}
