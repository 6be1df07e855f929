package org.example.bertalanffy;

/** Version 1.3: as version 1.1. */
final class Integrator {

    private static final double STEP_DAYS = 0.5;

    private Integrator() {}

    /** Solves dr/dt = (a - b r) / 3 over some days. */
    static double advance(double radius, double days, double a, double b) {
        int steps = (int) Math.max(1, Math.ceil(days / Math.min(STEP_DAYS, 1 / (10 * b))));
        double h = days / steps;
        double r = radius;
        for (int n = 0; n < steps; n++) {
            double k1 = (a - b * r) / 3;
            double k2 = (a - b * (r + h / 2 * k1)) / 3;
            double k3 = (a - b * (r + h / 2 * k2)) / 3;
            double k4 = (a - b * (r + h * k3)) / 3;
            r += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        return r;
    }
}
