package org.example.bertalanffy;

/** Version 1.0: Euler's rule in steps of a tenth of a day. */
final class Integrator {

    private static final double STEP_DAYS = 0.1;

    private Integrator() {}

    /** Solves dr/dt = (a - b r) / 3 over some days. */
    static double advance(double radius, double days, double a, double b) {
        // Steps never longer than 1 / b: so r stays positive however fast cells are lost.
        int steps = (int) Math.max(1, Math.ceil(days / Math.min(STEP_DAYS, 1 / b)));
        double r = radius;
        for (int n = 0; n < steps; n++) {
            r += days / steps * (a - b * r) / 3;
        }
        return r;
    }
}
