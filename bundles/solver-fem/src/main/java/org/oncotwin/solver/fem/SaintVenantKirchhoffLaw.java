package org.oncotwin.solver.fem;

/**
 * Stress in proportion to Green's strain: P = F S, S = 2 mu E + lambda tr(E) I of E = (H + H' + H'H) / 2 (Bonet, Wood: Nonlinear Continuum Mechanics for Finite Element Analysis, 2nd ed., Cambridge 2008, sections 6.3 and 9.4).
 */
final class SaintVenantKirchhoffLaw extends ElementLaw {

    private final double[] f = new double[9];
    private final double[] s = new double[9];
    private final double[] left = new double[9];
    private final double[] moved = new double[12];
    private double lambda;
    private double mu;

    @Override
    boolean roundsAboutOne() {
        return false;
    }

    @Override
    boolean refusesInversion() {
        return true;
    }

    @Override
    double evaluate(double[] h, double first, double shear, double[] p) {
        lambda = first;
        mu = shear;
        for (int n = 0; n < 9; n++) {
            f[n] = h[n] + (n % 4 == 0 ? 1 : 0);
        }
        double squares = 0;
        double trace = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double e = (h[3 * i + j] + h[3 * j + i] + h[i] * h[j] + h[3 + i] * h[3 + j] + h[6 + i] * h[6 + j]) / 2;
                squares += e * e;
                trace += i == j ? e : 0;
                s[3 * i + j] = 2 * shear * e;
            }
        }
        for (int i = 0; i < 9; i += 4) {
            s[i] += first * trace;
        }
        for (int i = 0; i < 9; i += 3) {
            for (int j = 0; j < 3; j++) {
                p[i + j] = f[i] * s[j] + f[i + 1] * s[3 + j] + f[i + 2] * s[6 + j];
            }
        }
        return shear * squares + first / 2 * trace * trace;
    }

    @Override
    void stiffness(double[] g, int offset, double scale, double volume, boolean definite, double[] k) {
        double factor = volume * scale * scale;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                left[3 * i + j] = f[3 * i] * f[3 * j] + f[3 * i + 1] * f[3 * j + 1] + f[3 * i + 2] * f[3 * j + 2];
            }
            for (int a = 0; a < 4; a++) {
                int ga = offset + 3 * a;
                moved[3 * a + i] = f[3 * i] * g[ga] + f[3 * i + 1] * g[ga + 1] + f[3 * i + 2] * g[ga + 2];
            }
        }
        for (int a = 0; a < 4; a++) {
            int ga = offset + 3 * a;
            for (int b = 0; b < 4; b++) {
                int gb = offset + 3 * b;
                int block = 9 * (4 * a + b);
                double dot = g[ga] * g[gb] + g[ga + 1] * g[gb + 1] + g[ga + 2] * g[gb + 2];
                double tension = 0;
                for (int i = 0; !definite && i < 3; i++) {
                    tension += g[ga + i] * (s[3 * i] * g[gb] + s[3 * i + 1] * g[gb + 1] + s[3 * i + 2] * g[gb + 2]);
                }
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        k[block + 3 * i + j] = factor
                                * (lambda * moved[3 * a + i] * moved[3 * b + j]
                                        + mu * moved[3 * a + j] * moved[3 * b + i]
                                        + mu * dot * left[3 * i + j]
                                        + (i == j ? tension : 0));
                    }
                }
            }
        }
    }
}
