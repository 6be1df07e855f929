package org.oncotwin.sdk.conformance;

import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;

/** Steps of the embedded pair of order 5(4) by Dormand and Prince (1980, table 2), with local extrapolation. */
final class DormandPrinceStep {

    private static final double[] NODES = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};
    private static final double[][] STAGES = {
        {},
        {1.0 / 5},
        {3.0 / 40, 9.0 / 40},
        {44.0 / 45, -56.0 / 15, 32.0 / 9},
        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
        {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
    };
    /** Weights of order 5 less those of order 4. */
    private static final double[] ERROR = {
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
    };
    /** Parts of a step at which the bend of {@link OdePiece} is looked at. */
    private static final int PARTS = 8;

    private final OdeVariations equations;
    private final OdeSystem system;
    private final OdeTolerance tolerance;
    private final int[] nonNegative;
    private final double[][] slopes;
    private final double[] trial;
    private double[] state;
    private double worst;
    private String trouble = "";
    private OdePiece piece;

    DormandPrinceStep(OdeVariations equations, OdeProblem problem, double[] initial) {
        this.equations = equations;
        this.system = problem.system();
        this.tolerance = problem.tolerance();
        this.nonNegative =
                problem.nonNegative().stream().mapToInt(Integer::intValue).toArray();
        this.slopes = new double[NODES.length][initial.length];
        this.trial = new double[initial.length];
        this.state = initial;
    }

    double[] state() {
        return state;
    }

    /** Time derivatives there. */
    double[] slope() {
        return slopes[0];
    }

    /** The step that was last tried with success. */
    OdePiece piece() {
        return piece;
    }

    /** Why the last step was not accepted. */
    String trouble() {
        return trouble;
    }

    /** Starts anew from a state; false if there is {@link #trouble()}. */
    boolean begin(double day, double[] from) {
        state = from.clone();
        return evaluate(0, day, state);
    }

    /**
     * Tries a step.
     *
     * @param origin day from which the start counts
     * @param start in days since the origin
     * @param h length in days
     * @param end day beyond which nothing is asked
     * @return the error as a multiple of what is allowed, without bound if anything is not finite or negative where it must not be
     */
    double attempt(double origin, double start, double h, double end) {
        for (int stage = 1; stage < NODES.length; stage++) {
            for (int i = 0; i < state.length; i++) {
                double sum = 0;
                for (int s = 0; s < stage; s++) {
                    sum += STAGES[stage][s] * slopes[s][i];
                }
                trial[i] = state[i] + h * sum;
            }
            if (!evaluate(stage, Math.min(end, origin + (start + NODES[stage] * h)), trial)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        worst = 0;
        for (int i = 0; i < state.length; i++) {
            double error = 0;
            for (int s = 0; s < NODES.length; s++) {
                error += ERROR[s] * slopes[s][i];
            }
            weigh(i, h * error);
        }
        for (int i : nonNegative) {
            if (trial[i] < 0) {
                trouble = system.name(i) + " becomes " + trial[i] + " and shall not be negative";
                return Double.POSITIVE_INFINITY;
            }
        }
        piece = new OdePiece(origin, start, h, state, trial, slopes, nonNegative);
        if (nonNegative.length > 0) {
            for (int part = 1; part < PARTS; part++) {
                for (int i = 0; i < equations.dimension(); i++) {
                    weigh(i, piece.bent(i, (double) part / PARTS));
                }
            }
        }
        return worst;
    }

    void accept() {
        state = trial.clone();
        System.arraycopy(slopes[NODES.length - 1], 0, slopes[0], 0, state.length);
    }

    /** Derivatives along directions are held to the absolute tolerance of their component, for a unit of the direction. */
    private void weigh(int i, double error) {
        if (error == 0) {
            return;
        }
        int component = i % equations.dimension();
        double allowed =
                tolerance.absolute(component) + tolerance.relative() * Math.max(Math.abs(state[i]), Math.abs(trial[i]));
        double weighed = Math.abs(error) / allowed;
        if (weighed > worst) {
            worst = weighed;
            trouble = system.name(component) + " is " + state[i] + " with an error of " + weighed
                    + " times what is allowed";
        }
    }

    private boolean evaluate(int stage, double day, double[] z) {
        equations.write(day, z, slopes[stage]);
        for (int i = 0; i < z.length; i++) {
            if (!Double.isFinite(slopes[stage][i]) || !Double.isFinite(z[i])) {
                trouble = system.name(i % equations.dimension()) + " is " + z[i] + " with derivative "
                        + slopes[stage][i] + " at day " + day;
                return false;
            }
        }
        return true;
    }
}
