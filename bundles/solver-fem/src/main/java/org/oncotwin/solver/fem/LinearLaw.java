package org.oncotwin.solver.fem;

/** Stress in proportion to small strain: P = 2 mu e + lambda tr(e) I of e = (H + H') / 2. */
final class LinearLaw extends ElementLaw {

    private double lambda;
    private double mu;

    @Override
    boolean roundsAboutOne() {
        return false;
    }

    @Override
    boolean refusesInversion() {
        return false;
    }

    @Override
    double evaluate(double[] h, double first, double shear, double[] p) {
        lambda = first;
        mu = shear;
        double trace = h[0] + h[4] + h[8];
        double squares = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double e = (h[3 * i + j] + h[3 * j + i]) / 2;
                squares += e * e;
                p[3 * i + j] = 2 * shear * e + (i == j ? first * trace : 0);
            }
        }
        return shear * squares + first / 2 * trace * trace;
    }

    @Override
    void stiffness(double[] g, int offset, double scale, double volume, boolean definite, double[] k) {
        double factor = volume * scale * scale;
        for (int a = 0; a < 4; a++) {
            int ga = offset + 3 * a;
            for (int b = 0; b < 4; b++) {
                int gb = offset + 3 * b;
                int block = 9 * (4 * a + b);
                double dot = g[ga] * g[gb] + g[ga + 1] * g[gb + 1] + g[ga + 2] * g[gb + 2];
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        k[block + 3 * i + j] = factor
                                * (lambda * g[ga + i] * g[gb + j]
                                        + mu * g[ga + j] * g[gb + i]
                                        + (i == j ? mu * dot : 0));
                    }
                }
            }
        }
    }
}
