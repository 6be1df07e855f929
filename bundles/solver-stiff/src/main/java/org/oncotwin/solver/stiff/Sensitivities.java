package org.oncotwin.solver.stiff;

import org.oncotwin.api.solver.OdeTolerance;

/**
 * Derivatives S of the solution along directions, S' = g = J S + df/dp dp, as further components of the same Rosenbrock method. The matrix of a stage of y and S together
 * is triangular in blocks with that of y on the diagonal: each direction takes one more solution with factors that are there, and what S takes from the stage of y is the
 * derivative of g along it. Nothing is left out, so that S has the order of y and is the derivative of the numerical solution itself.
 */
final class Sensitivities {

    /** S is compared with its own size or, where it is small beside it, with this part of y per change of the parameters. */
    private static final double SMALL_PART = 1e-3;

    /** Part of the size of the state by which Jacobians are moved: the cube root of the rounding error. */
    private static final double JACOBIAN_STEP = 6.055454452393343e-6;

    final double[][] start;
    final double[][] end;
    final double[][] parameterDirections;

    private final Equations equations;
    private final int n;
    private final int count;
    private final double[][][] stages;
    private final double[][][] continuous;
    private final double[] argument;
    private final double[][] slopes;
    private final double[][] inTime;
    private final double[] right;
    private final double[] other;
    private final double[] movedState;
    private final double[] stageJacobian;
    private final double[] otherJacobian;
    private final double[] perChange;
    /** g at the start of the step, kept over rejected steps. */
    private final double[][] atStart;

    private boolean startKnown;

    Sensitivities(Equations equations, int dimension, int parameters, int count) {
        this.equations = equations;
        this.n = dimension;
        this.count = count;
        this.start = new double[count][n];
        this.end = new double[count][n];
        this.parameterDirections = new double[count][parameters];
        this.stages = new double[count][Rodas5P.STAGES][n];
        this.continuous = new double[count][Rodas5P.CONTINUOUS.length][n];
        this.argument = new double[n];
        this.slopes = new double[count][n];
        this.inTime = new double[count][n];
        this.atStart = new double[count][n];
        this.right = new double[n];
        this.other = new double[n];
        this.movedState = new double[n];
        int entries = count == 0 ? 0 : equations.pattern().entries();
        this.stageJacobian = new double[entries];
        this.otherJacobian = new double[entries];
        this.perChange = new double[count];
    }

    int count() {
        return count;
    }

    /** Begins a segment: how much the solution changes, relative to itself, per unit of each direction. */
    void segment(double[] state, OdeTolerance tolerance) {
        for (int d = 0; d < count; d++) {
            double most = 0;
            double[] parameters = equations.parameters();
            for (int k = 0; k < parameters.length; k++) {
                double size = Math.abs(parameters[k]);
                most = Math.max(most, Math.abs(parameterDirections[d][k]) / (size == 0 ? 1 : size));
            }
            for (int i = 0; i < n; i++) {
                double size = Math.abs(state[i]) + tolerance.absolute(i) / tolerance.relative();
                if (start[d][i] != 0 && size > 0) {
                    most = Math.max(most, Math.abs(start[d][i]) / size);
                }
            }
            perChange[d] = most;
        }
        startKnown = false;
    }

    /** Begins a step at the state that the latest one reached. */
    void step() {
        startKnown = false;
    }

    /** Writes what is the same for all stages of a step. */
    boolean prepare(double sinceStart, double step, double[] state) {
        if (count == 0) {
            return true;
        }
        if (!startKnown) {
            if (!slopes(sinceStart, state, start)) {
                return false;
            }
            copy(slopes, atStart);
            startKnown = true;
        }
        if (equations.isLinear()) {
            return true;
        }
        double part = Equations.timePart(step);
        double near = equations.day(sinceStart + part) - equations.day(sinceStart);
        double far = equations.day(sinceStart + 2 * part) - equations.day(sinceStart);
        if (!slopes(sinceStart + part, state, start)) {
            return false;
        }
        copy(slopes, inTime);
        if (!slopes(sinceStart + 2 * part, state, start)) {
            return false;
        }
        for (int d = 0; d < count; d++) {
            for (int i = 0; i < n; i++) {
                inTime[d][i] = Equations.slope(near, inTime[d][i] - atStart[d][i], far, slopes[d][i] - atStart[d][i]);
            }
        }
        return true;
    }

    private static void copy(double[][] from, double[][] to) {
        for (int d = 0; d < from.length; d++) {
            System.arraycopy(from[d], 0, to[d], 0, from[d].length);
        }
    }

    /**
     * Solves a stage.
     *
     * @param stageState argument of the stage of y
     * @param increment U of the stage of y
     */
    boolean stage(
            int stage,
            double sinceStart,
            double step,
            double[] state,
            double[] stageState,
            double[] increment,
            LinearEquations matrix) {
        if (count == 0) {
            return true;
        }
        if (stage == 0) {
            copy(atStart, slopes);
        } else {
            for (int d = 0; d < count; d++) {
                argument(stage, d);
                System.arraycopy(argument, 0, end[d], 0, n);
            }
            if (!slopes(sinceStart + Rodas5P.NODES[stage] * step, stageState, end)) {
                return false;
            }
        }
        if (!addAlong(sinceStart, state, increment)) {
            return false;
        }
        for (int d = 0; d < count; d++) {
            double[] solution = stages[d][stage];
            System.arraycopy(slopes[d], 0, solution, 0, n);
            double inTimeWeight = step * Rodas5P.TIME[stage];
            if (inTimeWeight != 0 && !equations.isLinear()) {
                for (int i = 0; i < n; i++) {
                    solution[i] += inTimeWeight * inTime[d][i];
                }
            }
            for (int j = 0; j < stage; j++) {
                double weight = Rodas5P.COUPLING[stage][j] / step;
                double[] earlier = stages[d][j];
                for (int i = 0; i < n; i++) {
                    solution[i] += weight * earlier[i];
                }
            }
            matrix.solve(solution);
        }
        return true;
    }

    /** Writes the argument of a stage for a direction. */
    private void argument(int stage, int d) {
        double[] weights = Rodas5P.ARGUMENT[Math.min(stage, 5)];
        System.arraycopy(start[d], 0, argument, 0, n);
        for (int j = 0; j < stage; j++) {
            double weight = j < weights.length ? weights[j] : 1;
            double[] earlier = stages[d][j];
            for (int i = 0; i < n; i++) {
                argument[i] += weight * earlier[i];
            }
        }
    }

    /** Writes g of all directions. */
    private boolean slopes(double sinceStart, double[] state, double[][] sensitivities) {
        if (!equations.knowsJacobian()) {
            for (int d = 0; d < count; d++) {
                if (!equations.along(sinceStart, state, sensitivities[d], parameterDirections[d], slopes[d])) {
                    return false;
                }
            }
            return true;
        }
        if (!equations.jacobian(sinceStart, state, state, state, false, stageJacobian)) {
            return false;
        }
        for (int d = 0; d < count; d++) {
            if (!equations.alongParameters(sinceStart, state, parameterDirections[d], other)) {
                return false;
            }
            equations.multiply(stageJacobian, sensitivities[d], slopes[d]);
            add(1, other, slopes[d]);
        }
        return true;
    }

    /** Adds to the slopes the derivative of g at the start of the step along a change of y. */
    private boolean addAlong(double sinceStart, double[] state, double[] change) {
        if (!equations.knowsJacobian()) {
            for (int d = 0; d < count; d++) {
                if (!equations.alongBoth(sinceStart, state, start[d], parameterDirections[d], change, right)) {
                    return false;
                }
                add(1, right, slopes[d]);
            }
            return true;
        }
        double ratio = Equations.ratio(change, state);
        if (ratio == 0) {
            return true;
        }
        // Where the equations are linear in y, any length gives the exact difference, and a long one rounds least.
        double length = equations.isLinear() ? 1 / ratio : JACOBIAN_STEP / ratio;
        return addJacobian(sinceStart, state, change, length, 1 / (2 * length))
                && addJacobian(sinceStart, state, change, -length, -1 / (2 * length));
    }

    private boolean addJacobian(double sinceStart, double[] state, double[] change, double length, double weight) {
        for (int i = 0; i < n; i++) {
            movedState[i] = state[i] + length * change[i];
        }
        if (!equations.isLinear() && !equations.jacobian(sinceStart, movedState, state, state, false, otherJacobian)) {
            return false;
        }
        for (int d = 0; d < count; d++) {
            if (!equations.alongParameters(sinceStart, movedState, parameterDirections[d], other)) {
                return false;
            }
            add(weight, other, slopes[d]);
            if (!equations.isLinear()) {
                equations.multiply(otherJacobian, start[d], right);
                add(weight, right, slopes[d]);
            }
        }
        return true;
    }

    private void add(double weight, double[] from, double[] to) {
        for (int i = 0; i < n; i++) {
            to[i] += weight * from[i];
        }
    }

    /** Ends the stages: writes S at the end of the step and what its continuous solution needs. */
    boolean finish() {
        for (int d = 0; d < count; d++) {
            argument(Rodas5P.STAGES - 1, d);
            double[] last = stages[d][Rodas5P.STAGES - 1];
            for (int i = 0; i < n; i++) {
                end[d][i] = argument[i] + last[i];
                if (!Double.isFinite(end[d][i])) {
                    return false;
                }
            }
            Step.continuous(stages[d], continuous[d]);
        }
        return true;
    }

    /** Largest error of the step as a multiple of what is allowed, over all directions and components. */
    double error(double[] state, double[] newState, OdeTolerance tolerance) {
        double worst = 0;
        for (int d = 0; d < count; d++) {
            double[] last = stages[d][Rodas5P.STAGES - 1];
            for (int i = 0; i < n; i++) {
                double size = Math.max(Math.abs(start[d][i]), Math.abs(end[d][i]));
                double ofState = perChange[d] * Math.max(Math.abs(state[i]), Math.abs(newState[i]));
                double allowed = tolerance.absolute(i) * perChange[d]
                        + tolerance.relative() * Math.max(size, SMALL_PART * ofState);
                worst = Math.max(worst, Step.share(last[i], allowed));
            }
        }
        return worst;
    }

    /** S at a part of the latest step. */
    void at(double part, int d, double[] sensitivity) {
        Step.at(part, start[d], end[d], continuous[d], sensitivity);
    }

    /** The end of the step is the start of the next. */
    void advance() {
        for (int d = 0; d < count; d++) {
            System.arraycopy(end[d], 0, start[d], 0, n);
        }
    }
}
