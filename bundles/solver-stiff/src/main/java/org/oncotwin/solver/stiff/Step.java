package org.oncotwin.solver.stiff;

import java.util.Arrays;
import org.oncotwin.api.solver.OdeTolerance;

/** One step of Rodas5P, tried and perhaps accepted, and the solution within it. Takes no memory once made. */
final class Step {

    final double[] start;
    final double[] end;
    /** f at the start. */
    final double[] slope;

    final double[] jacobian;

    private final Equations equations;
    private final LinearEquations matrix;
    private final Sensitivities sensitivities;
    private final int n;
    private final double[][] stages;
    private final double[][] continuous;
    private final double[] argument;
    private final double[] inTime;

    Step(Equations equations, LinearEquations matrix, Sensitivities sensitivities, int dimension) {
        this.equations = equations;
        this.matrix = matrix;
        this.sensitivities = sensitivities;
        this.n = dimension;
        this.start = new double[n];
        this.end = new double[n];
        this.slope = new double[n];
        this.jacobian = new double[equations.pattern().entries()];
        this.stages = new double[Rodas5P.STAGES][n];
        this.continuous = new double[Rodas5P.CONTINUOUS.length][n];
        this.argument = new double[n];
        this.inTime = new double[n];
    }

    /**
     * Tries a step from {@link #start}, with {@link #slope} and {@link #jacobian} there.
     *
     * @return false if a number was not finite or the matrix is singular
     */
    boolean attempt(double sinceStart, double step) {
        if (!matrix.factor(1 / (step * Rodas5P.GAMMA), jacobian)) {
            return false;
        }
        if (!equations.alongTime(sinceStart, step, start, slope, inTime)
                || !sensitivities.prepare(sinceStart, step, start)) {
            return false;
        }
        for (int stage = 0; stage < Rodas5P.STAGES; stage++) {
            argument(stage);
            double[] increment = stages[stage];
            if (stage == 0) {
                System.arraycopy(slope, 0, increment, 0, n);
            } else if (!equations.derivatives(sinceStart + Rodas5P.NODES[stage] * step, argument, increment)) {
                return false;
            }
            addCoupling(stage, step, increment);
            matrix.solve(increment);
            if (!sensitivities.stage(stage, sinceStart, step, start, argument, increment, matrix)) {
                return false;
            }
        }
        double[] last = stages[Rodas5P.STAGES - 1];
        for (int i = 0; i < n; i++) {
            end[i] = argument[i] + last[i];
            if (!Double.isFinite(end[i])) {
                return false;
            }
        }
        continuous(stages, continuous);
        return sensitivities.finish();
    }

    private void argument(int stage) {
        if (stage > 5) {
            double[] before = stages[stage - 1];
            for (int i = 0; i < n; i++) {
                argument[i] += before[i];
            }
            return;
        }
        System.arraycopy(start, 0, argument, 0, n);
        for (int j = 0; j < stage; j++) {
            double weight = Rodas5P.ARGUMENT[stage][j];
            double[] earlier = stages[j];
            for (int i = 0; i < n; i++) {
                argument[i] += weight * earlier[i];
            }
        }
    }

    private void addCoupling(int stage, double step, double[] right) {
        double inTimeWeight = step * Rodas5P.TIME[stage];
        if (inTimeWeight != 0) {
            for (int i = 0; i < n; i++) {
                right[i] += inTimeWeight * inTime[i];
            }
        }
        for (int j = 0; j < stage; j++) {
            double weight = Rodas5P.COUPLING[stage][j] / step;
            double[] earlier = stages[j];
            for (int i = 0; i < n; i++) {
                right[i] += weight * earlier[i];
            }
        }
    }

    /** Largest error of the step as a multiple of what is allowed, over all components. */
    double error(OdeTolerance tolerance) {
        double worst = 0;
        for (int i = 0; i < n; i++) {
            worst = Math.max(worst, share(stages[Rodas5P.STAGES - 1][i], allowed(i, tolerance)));
        }
        return Math.max(worst, sensitivities.error(start, end, tolerance));
    }

    /** The component of the state whose error is largest beside what is allowed. */
    int hardest(OdeTolerance tolerance) {
        int hardest = 0;
        double worst = -1;
        for (int i = 0; i < n; i++) {
            double share = share(stages[Rodas5P.STAGES - 1][i], allowed(i, tolerance));
            if (share > worst) {
                worst = share;
                hardest = i;
            }
        }
        return hardest;
    }

    /** Allowed error of a component of the latest tried step. */
    double allowed(int i, OdeTolerance tolerance) {
        return tolerance.absolute(i) + tolerance.relative() * Math.max(Math.abs(start[i]), Math.abs(end[i]));
    }

    static double share(double error, double allowed) {
        return error == 0 ? 0 : Math.abs(error) / Math.max(allowed, Double.MIN_NORMAL);
    }

    /** The state at a part of the latest tried step. */
    void at(double part, double[] state) {
        at(part, start, end, continuous, state);
    }

    /** Writes the coefficients of the continuous solution. */
    static void continuous(double[][] stages, double[][] coefficients) {
        for (int r = 0; r < coefficients.length; r++) {
            double[] sum = coefficients[r];
            Arrays.fill(sum, 0);
            for (int stage = 0; stage < Rodas5P.STAGES; stage++) {
                double weight = Rodas5P.CONTINUOUS[r][stage];
                double[] increment = stages[stage];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += weight * increment[i];
                }
            }
        }
    }

    static void at(double part, double[] start, double[] end, double[][] coefficients, double[] state) {
        for (int i = 0; i < start.length; i++) {
            double bend = coefficients[0][i] + part * (coefficients[1][i] + part * coefficients[2][i]);
            state[i] = between(part, start[i], end[i], bend);
        }
    }

    /** A component within a step: exactly what it is at the ends, and everywhere if nothing moves. */
    static double between(double part, double start, double end, double bend) {
        return part == 1 ? end : start + part * (end - start + (1 - part) * bend);
    }

    /** Copies the coefficients of the continuous solution, one after the other. */
    void copyContinuous(double[] to, int from) {
        for (int r = 0; r < continuous.length; r++) {
            System.arraycopy(continuous[r], 0, to, from + r * n, n);
        }
    }
}
