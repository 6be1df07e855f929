package org.oncotwin.sdk.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SparsityPattern;
import org.oncotwin.api.solver.StateChange;

/**
 * The equations of a problem together with those of its derivatives, S' = df/dy S + df/dp dp. Their vector is the state followed by one derivative of it for each direction.
 * What the equations do not know of their derivatives comes from central differences of order 4.
 */
final class OdeVariations {

    /** Relative change of a difference: its error of order 4 and that of rounding are both about 1e-12. */
    private static final double DIFFERENCE = 1e-3;

    private final OdeSystem system;
    private final OdeTolerance tolerance;
    private final int dimension;
    private final double[][] alongParameters;
    private double[] parameters;
    private long evaluations;

    OdeVariations(OdeProblem problem) {
        this.system = problem.system();
        this.tolerance = problem.tolerance();
        this.dimension = system.dimension();
        this.parameters = problem.parameters();
        this.alongParameters =
                problem.directions().stream().map(OdeDirection::parameters).toArray(double[][]::new);
    }

    /** State and derivatives at the start. */
    static double[] initial(OdeProblem problem) {
        List<OdeDirection> directions = problem.directions();
        int dimension = problem.system().dimension();
        double[] z = Arrays.copyOf(problem.initial(), dimension * (1 + directions.size()));
        for (int d = 0; d < directions.size(); d++) {
            System.arraycopy(directions.get(d).initial(), 0, z, (d + 1) * dimension, dimension);
        }
        return z;
    }

    int dimension() {
        return dimension;
    }

    double[] parameters() {
        return parameters.clone();
    }

    long evaluations() {
        return evaluations;
    }

    double[] state(double[] z) {
        return Arrays.copyOf(z, dimension);
    }

    /** For each direction the derivative of the state. */
    double[][] derivatives(double[] z) {
        double[][] derivatives = new double[alongParameters.length][];
        for (int d = 0; d < derivatives.length; d++) {
            derivatives[d] = Arrays.copyOfRange(z, (d + 1) * dimension, (d + 2) * dimension);
        }
        return derivatives;
    }

    double value(OdeCondition condition, double day, double[] z) {
        double value = condition.function().value(day, state(z), parameters());
        if (Double.isNaN(value)) {
            throw new SolverException("condition '" + condition.name() + "' is NaN at day " + day);
        }
        return value;
    }

    /** Writes the time derivative of the whole vector. */
    void write(double day, double[] z, double[] slopes) {
        double[] y = state(z);
        System.arraycopy(right(day, y, parameters), 0, slopes, 0, dimension);
        double[][] along = derivatives(z);
        for (int d = 0; d < along.length; d++) {
            System.arraycopy(slopeAlong(day, y, along[d], d), 0, slopes, (d + 1) * dimension, dimension);
        }
    }

    private double[] right(double day, double[] y, double[] p) {
        evaluations++;
        double[] slopes = new double[dimension];
        system.derivatives(day, y, p, slopes);
        return slopes;
    }

    private double[] slopeAlong(double day, double[] y, double[] change, int direction) {
        if (!(system instanceof DifferentiableOdeSystem differentiable)) {
            return difference(
                    y,
                    change,
                    direction,
                    0,
                    e -> right(day, moved(y, change, e), moved(parameters, alongParameters[direction], e)));
        }
        double[] slope = new double[dimension];
        differentiable.alongParameters(day, y, parameters, alongParameters[direction], slope);
        SparsityPattern pattern = differentiable.sparsity();
        double[] entries = new double[pattern.entries()];
        differentiable.jacobian(day, y, parameters, entries);
        for (int column = 0; column < dimension; column++) {
            for (int entry = pattern.start(column); entry < pattern.start(column + 1); entry++) {
                slope[pattern.row(entry)] += entries[entry] * change[column];
            }
        }
        return slope;
    }

    /** What the vector becomes at an event. */
    double[] changed(double day, double[] z, StateChange change) {
        return changed(day, z, change, new double[alongParameters.length], false);
    }

    /** What the vector becomes where a condition is met, at a time that moves with initial state and parameters. */
    double[] changed(double day, double[] z, OdeCondition condition) {
        double[] y = state(z);
        double[] shifts = new double[alongParameters.length];
        double[][] along = derivatives(z);
        for (int d = 0; d < shifts.length; d++) {
            int direction = d;
            double[] flow = right(day, y, parameters);
            double byDirection = difference(y, along[d], d, 0, e -> new double[] {
                condition
                        .function()
                        .value(day, moved(y, along[direction], e), moved(parameters, alongParameters[direction], e))
            })[0];
            double e = stepAlong(y, flow, parameters, new double[parameters.length], 1);
            double byTime = central(
                    e, s -> new double[] {condition.function().value(day + s, moved(y, flow, s), parameters.clone())})[
                    0];
            shifts[d] = -byDirection / byTime;
            if (!Double.isFinite(shifts[d])) {
                throw new SolverException("condition '" + condition.name() + "' is met at day " + day
                        + " at a time that has no derivative");
            }
        }
        return changed(day, z, condition.change().orElse((time, state, values) -> {}), shifts, condition.ends());
    }

    /** Each direction moves the time of the change by its shift (days for a unit of the direction); if the solution ends there, its end moves along. */
    private double[] changed(double day, double[] z, StateChange change, double[] shifts, boolean ends) {
        double[] y = state(z);
        double[][] along = derivatives(z);
        double[] p = parameters;
        double[] before = shifts.length == 0 ? new double[0] : right(day, y, p);
        double[][] jumps = new double[shifts.length][];
        for (int d = 0; d < shifts.length; d++) {
            double[] atShifted = moved(along[d], before, shifts[d]);
            double[] dp = alongParameters[d];
            double shift = shifts[d];
            jumps[d] = difference(
                    y,
                    atShifted,
                    d,
                    shift,
                    e -> apply(change, day + e * shift, moved(y, atShifted, e), moved(p, dp, e)));
        }
        double[] after = apply(change, day, y.clone(), p.clone());
        parameters = Arrays.copyOfRange(after, dimension, after.length);
        double[] changed = Arrays.copyOf(Arrays.copyOf(after, dimension), z.length);
        for (int d = 0; d < shifts.length; d++) {
            double[] flow = shifts[d] == 0 || ends ? new double[dimension] : right(day, state(after), parameters);
            double[] back = moved(state(jumps[d]), flow, -shifts[d]);
            System.arraycopy(back, 0, changed, (d + 1) * dimension, dimension);
            alongParameters[d] = Arrays.copyOfRange(jumps[d], dimension, jumps[d].length);
        }
        return changed;
    }

    /** State and parameters after a change, one after the other. */
    private double[] apply(StateChange change, double day, double[] y, double[] p) {
        change.apply(day, y, p);
        double[] both = Arrays.copyOf(y, dimension + p.length);
        System.arraycopy(p, 0, both, dimension, p.length);
        return both;
    }

    private double[] difference(
            double[] y, double[] change, int direction, double timeChange, DoubleFunction<double[]> function) {
        return central(stepAlong(y, change, parameters, alongParameters[direction], timeChange), function);
    }

    /** So that nothing moves by more than a small part of its size. */
    private double stepAlong(double[] y, double[] dy, double[] p, double[] dp, double dt) {
        double largest = Math.abs(dt);
        for (int i = 0; i < dimension; i++) {
            double size = Math.abs(y[i]) + tolerance.absolute(i) / tolerance.relative();
            largest = Math.max(largest, Math.abs(dy[i]) / (size == 0 ? 1 : size));
        }
        for (int i = 0; i < p.length; i++) {
            largest = Math.max(largest, Math.abs(dp[i]) / (p[i] == 0 ? 1 : Math.abs(p[i])));
        }
        return largest == 0 ? 1 : DIFFERENCE / largest;
    }

    private static double[] central(double h, DoubleFunction<double[]> function) {
        double[] near = less(function.apply(h), function.apply(-h));
        double[] far = less(function.apply(2 * h), function.apply(-2 * h));
        double[] derivative = new double[near.length];
        for (int i = 0; i < derivative.length; i++) {
            derivative[i] = (8 * near[i] - far[i]) / (12 * h);
        }
        return derivative;
    }

    private static double[] less(double[] a, double[] b) {
        return moved(a, b, -1);
    }

    private static double[] moved(double[] from, double[] by, double times) {
        double[] moved = from.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += times * by[i];
        }
        return moved;
    }
}
