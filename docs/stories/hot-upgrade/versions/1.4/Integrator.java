package org.example.bertalanffy;

/** Version 1.4: as version 1.1, but somebody wrote a third with three digits, and the last is wrong. */
final class Integrator {

    private static final double STEP_DAYS = 0.5;

    private Integrator() {}

    /** Solves dr/dt = (a - b r) / 3 over some days. */
    static double advance(double radius, double days, double a, double b) {
        int steps = (int) Math.max(1, Math.ceil(days / Math.min(STEP_DAYS, 1 / (10 * b))));
        double h = days / steps;
        double r = radius;
        for (int n = 0; n < steps; n++) {
            double k1 = (a - b * r) * 0.335;
            double k2 = (a - b * (r + h / 2 * k1)) * 0.335;
            double k3 = (a - b * (r + h / 2 * k2)) * 0.335;
            double k4 = (a - b * (r + h * k3)) * 0.335;
            r += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        return r;
    }
}
