package org.oncotwin.benchmarks.ode;

import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.LinearOdeSystem;

/**
 * Amounts of a drug in mg in a central and a peripheral compartment. Parameters: clearance in L/d, central volume in L, flow between the two in L/d, peripheral volume in L. The standard
 * two-compartment model: Gibaldi, Perrier: Pharmacokinetics, 2nd edition, Dekker 1982, chapter 2.
 */
final class TwoCompartments implements DifferentiableOdeSystem, LinearOdeSystem {

    /** Fractional parts of whole multiples of these fill a cube of four dimensions evenly: powers of the root of x^5 = x + 1. */
    private static final double[] IRRATIONAL = {
        0.8566748838545029, 0.733891856627126, 0.6287067210378087, 0.5385972572236101
    };

    private static final double[] MIDDLE = {48, 20, 36, 60};
    private static final double SPREAD = 1.2;

    /** Parameters of one of many patients: each within a factor exp(0.6) of 48 L/d, 20 L, 36 L/d, 60 L. */
    static double[] patient(int number) {
        double[] parameters = new double[4];
        for (int k = 0; k < parameters.length; k++) {
            parameters[k] = MIDDLE[k] * Math.exp(SPREAD * ((number + 1) * IRRATIONAL[k] % 1 - 0.5));
        }
        return parameters;
    }

    /**
     * The exact state at a time, of doses into the central compartment.
     *
     * @param doseDays when, in days
     * @param amount of each dose, mg
     */
    static double[] exact(double day, double[] doseDays, double amount, double[] parameters) {
        double leaves = (parameters[0] + parameters[2]) / parameters[1];
        double out = parameters[2] / parameters[1];
        double back = parameters[2] / parameters[3];
        double root = Math.sqrt((leaves - back) * (leaves - back) + 4 * out * back);
        double fast = (leaves + back + root) / 2;
        double slow = (leaves * back - out * back) / fast;
        double[] state = new double[2];
        for (double dose : doseDays) {
            if (dose <= day) {
                double early = Math.exp(-fast * (day - dose));
                double late = Math.exp(-slow * (day - dose));
                state[0] += amount * ((fast - back) * early + (back - slow) * late) / (fast - slow);
                state[1] += amount * out * (late - early) / (fast - slow);
            }
        }
        return state;
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public int parameters() {
        return 4;
    }

    @Override
    public void derivatives(double day, double[] y, double[] p, double[] f) {
        double exchange = p[2] * (y[0] / p[1] - y[1] / p[3]);
        f[0] = -p[0] * y[0] / p[1] - exchange;
        f[1] = exchange;
    }

    @Override
    public void jacobian(double day, double[] y, double[] p, double[] entries) {
        entries[0] = -(p[0] + p[2]) / p[1];
        entries[1] = p[2] / p[1];
        entries[2] = p[2] / p[3];
        entries[3] = -p[2] / p[3];
    }

    @Override
    public void alongParameters(double day, double[] y, double[] p, double[] direction, double[] derivatives) {
        double exchange = direction[2] * (y[0] / p[1] - y[1] / p[3])
                + p[2] * (y[1] * direction[3] / (p[3] * p[3]) - y[0] * direction[1] / (p[1] * p[1]));
        derivatives[0] = (p[0] * direction[1] / p[1] - direction[0]) * y[0] / p[1] - exchange;
        derivatives[1] = exchange;
    }

    @Override
    public void matrix(double[] parameters, double[] entries) {
        double[] columns = new double[4];
        jacobian(0, new double[2], parameters, columns);
        entries[0] = columns[0];
        entries[1] = columns[2];
        entries[2] = columns[1];
        entries[3] = columns[3];
    }

    @Override
    public void input(double[] parameters, double[] input) {
        input[0] = 0;
        input[1] = 0;
    }
}
