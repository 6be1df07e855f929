package org.oncotwin.benchmarks.ode;

/**
 * Van der Pol's oscillator with mu = 1000 in unscaled time, two fast swings from 0 to 2000.
 *
 * <p>Van der Pol: On relaxation-oscillations, Philosophical Magazine 2 (1926) 978-992; Mazzia, Magherini: Test Set for Initial Value Problem Solvers, 2008 (VDPOL).
 */
final class VanDerPol extends BenchmarkSystem {

    private static final double MU = 1000;

    VanDerPol() {
        super(2);
    }

    @Override
    public void derivatives(double day, double[] y, double[] parameters, double[] f) {
        f[0] = y[1];
        f[1] = MU * (1 - y[0] * y[0]) * y[1] - y[0];
    }

    @Override
    public void jacobian(double day, double[] y, double[] parameters, double[] entries) {
        entries[0] = 0;
        entries[1] = -2 * MU * y[0] * y[1] - 1;
        entries[2] = 1;
        entries[3] = MU * (1 - y[0] * y[0]);
    }
}
