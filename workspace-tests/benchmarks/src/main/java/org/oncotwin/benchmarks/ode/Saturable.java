package org.oncotwin.benchmarks.ode;

/**
 * Amounts of a drug in two compartments in mg, eliminated from the first with saturation (Michaelis-Menten): not stiff. At most 200 mg/d are eliminated, half of that at 30 mg; 8 /d pass to the second
 * compartment and 6 /d back. The numbers belong to no drug; they were chosen so that doses of 60 mg saturate and the time scales are alike.
 */
final class Saturable extends BenchmarkSystem {

    private static final double MOST = 200;
    private static final double HALF = 30;
    private static final double OUT = 8;
    private static final double BACK = 6;

    Saturable() {
        super(2);
    }

    @Override
    public void derivatives(double day, double[] y, double[] parameters, double[] f) {
        double exchange = OUT * y[0] - BACK * y[1];
        f[0] = -MOST * y[0] / (HALF + y[0]) - exchange;
        f[1] = exchange;
    }

    @Override
    public void jacobian(double day, double[] y, double[] parameters, double[] entries) {
        double below = HALF + y[0];
        entries[0] = -MOST * HALF / (below * below) - OUT;
        entries[1] = OUT;
        entries[2] = BACK;
        entries[3] = -BACK;
    }
}
