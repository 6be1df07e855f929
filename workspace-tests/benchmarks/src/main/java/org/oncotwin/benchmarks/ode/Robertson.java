package org.oncotwin.benchmarks.ode;

/**
 * Three reactions with rates of very different size. A day is 10 of the original units of time, so that 4e5 of them lie within the longest interval.
 *
 * <p>Robertson: The solution of a set of reaction rate equations, in Walsh: Numerical Analysis, an Introduction, Academic Press 1966, 178-182; Hairer, Wanner: Solving
 * Ordinary Differential Equations II, 2nd edition, Springer 1996, section IV.10 (ROBER).
 */
final class Robertson extends BenchmarkSystem {

    private static final double FIRST = 0.4;
    private static final double SECOND = 3e8;
    private static final double THIRD = 1e5;

    Robertson() {
        super(3);
    }

    @Override
    public void derivatives(double day, double[] y, double[] parameters, double[] f) {
        double first = FIRST * y[0];
        double second = SECOND * y[1] * y[1];
        double third = THIRD * y[1] * y[2];
        f[0] = third - first;
        f[1] = first - third - second;
        f[2] = second;
    }

    @Override
    public void jacobian(double day, double[] y, double[] parameters, double[] entries) {
        entries[0] = -FIRST;
        entries[1] = FIRST;
        entries[2] = 0;
        entries[3] = THIRD * y[2];
        entries[4] = -THIRD * y[2] - 2 * SECOND * y[1];
        entries[5] = 2 * SECOND * y[1];
        entries[6] = THIRD * y[1];
        entries[7] = -THIRD * y[1];
        entries[8] = 0;
    }
}
