package org.oncotwin.solver.stiff;

import java.util.Arrays;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SparsityPattern;
import org.oncotwin.api.twin.Cancellation;

/**
 * The equations of one system in time since the start of a segment, so that a millisecond is as good on day 10000 as on day 0: f, its derivatives, and what was wrong with
 * the last number that was not finite. Takes no memory once made.
 */
final class Equations {

    /** Part of the scale of a component by which differences of second order move it: the cube root of the rounding error. */
    private static final double SECOND_ORDER_STEP = 6.055454452393343e-6;

    /** The same for differences of first order: the square root. */
    private static final double FIRST_ORDER_STEP = 1.4901161193847656e-8;

    /** The same for differences of fourth order: the fifth root. */
    private static final double FOURTH_ORDER_STEP = 7.400959797414051e-4;

    /** The same for second derivatives by differences of fourth order: the sixth root. */
    private static final double SECOND_DERIVATIVE_STEP = 2.4607833005759250e-3;

    /** The part of a step by which the time is moved for df/dt. */
    private static final double TIME_STEP = 1e-3;

    private final OdeSystem system;
    private final int n;
    private final SparsityPattern pattern;
    private final DifferentiableOdeSystem differentiable;
    private final LinearOdeSystem linear;
    private final ColumnGroups groups;
    private final double[] argument;
    private final double[] moved;
    private final double[] lengths;
    private final double[] first;
    private final double[] second;
    private final double[] combined;
    private final double[] matrix;
    private final double[] keptParameters;
    private Cancellation cancellation = Cancellation.NEVER;
    private double[] parameters;
    private double startDay;
    private double endDay;
    private long evaluations;

    private String faultOf = "";
    private int fault = -1;
    private double faultDay;
    private double faultState;
    private double faultValue;

    Equations(OdeSystem system) {
        this.system = system;
        this.n = system.dimension();
        this.pattern = system.sparsity();
        this.differentiable = system instanceof DifferentiableOdeSystem known ? known : null;
        this.linear = differentiable == null && system instanceof LinearOdeSystem known ? known : null;
        if (pattern.dimension() != n) {
            throw new SolverException(
                    "the pattern of the Jacobian is for " + pattern.dimension() + " components, the system has " + n);
        }
        this.groups = differentiable == null && linear == null ? ColumnGroups.of(pattern) : null;
        this.argument = new double[n];
        this.moved = new double[n];
        this.lengths = new double[n];
        this.first = new double[n];
        this.second = new double[n];
        this.combined = new double[n];
        this.matrix = new double[linear == null ? 0 : n * n];
        this.keptParameters = new double[system.parameters()];
    }

    /** Begins with another problem of the same system. */
    void begin(Cancellation asked, double[] initialParameters) {
        cancellation = asked;
        parameters = initialParameters;
        evaluations = 0;
        fault = -1;
    }

    /** Begins with a segment. */
    void segment(double start, double end) {
        startDay = start;
        endDay = end;
    }

    /** Time in days since day 0, never after the end of the segment, whatever rounding does. */
    double day(double sinceStart) {
        return Math.min(startDay + sinceStart, endDay);
    }

    SparsityPattern pattern() {
        return pattern;
    }

    double[] parameters() {
        return parameters;
    }

    long evaluations() {
        return evaluations;
    }

    String name(int component) {
        return system.name(component);
    }

    /** True if derivatives are known and no differences of f with respect to the state are needed. */
    boolean knowsJacobian() {
        return groups == null;
    }

    boolean isLinear() {
        return linear != null;
    }

    /**
     * Writes f.
     *
     * @return false if a number of the state or of f is not finite; {@link #fault()} says which
     */
    boolean derivatives(double sinceStart, double[] state, double[] derivatives) {
        cancellation.check();
        evaluations++;
        // The system gets a copy, because a system that writes to its argument would change the step; and what it
        // forgets to write shows as NaN.
        System.arraycopy(state, 0, argument, 0, n);
        Arrays.fill(derivatives, Double.NaN);
        double day = day(sinceStart);
        system.derivatives(day, argument, parameters, derivatives);
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(state[i]) || !Double.isFinite(derivatives[i])) {
                remember("the derivative", i, day, state[i], derivatives[i]);
                return false;
            }
        }
        return true;
    }

    private void remember(String what, int component, double day, double state, double value) {
        faultOf = what;
        fault = component;
        faultDay = day;
        faultState = state;
        faultValue = value;
    }

    void forgetFault() {
        fault = -1;
    }

    boolean hasFault() {
        return fault >= 0;
    }

    /** What was not finite, with time and component. */
    String fault() {
        return Double.isFinite(faultState)
                ? "at day " + faultDay + " " + faultOf + " of " + name(fault) + " is " + faultValue + " where "
                        + name(fault) + " is " + faultState
                : "at day " + faultDay + " " + name(fault) + " became " + faultState;
    }

    /**
     * Writes df/dy in the order of the pattern: as the system knows it, or by differences, the columns of a group at once.
     *
     * @param f f at the state
     * @param scales sizes of the components, above 0
     * @param coarse true if differences of first order will do, to some 8 digits, instead of some 11
     * @return false if an entry is not finite
     */
    boolean jacobian(double sinceStart, double[] state, double[] f, double[] scales, boolean coarse, double[] entries) {
        if (differentiable != null) {
            cancellation.check();
            System.arraycopy(state, 0, argument, 0, n);
            Arrays.fill(entries, Double.NaN);
            differentiable.jacobian(day(sinceStart), argument, parameters, entries);
        } else if (linear != null) {
            linear.matrix(parameters, matrix);
            for (int j = 0; j < n; j++) {
                for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                    entries[entry] = matrix[pattern.row(entry) * n + j];
                }
            }
        } else {
            for (int group = 0; group < groups.count(); group++) {
                if (coarse) {
                    coarseDifferences(sinceStart, state, f, scales, group, entries);
                } else {
                    fineDifferences(sinceStart, state, f, scales, group, entries);
                }
            }
        }
        for (int j = 0; j < n; j++) {
            for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                if (!Double.isFinite(entries[entry])) {
                    int row = pattern.row(entry);
                    remember(
                            "the derivative with respect to " + name(j) + " of the derivative",
                            row,
                            day(sinceStart),
                            state[row],
                            entries[entry]);
                    return false;
                }
            }
        }
        return true;
    }

    private void coarseDifferences(
            double sinceStart, double[] state, double[] f, double[] scales, int group, double[] entries) {
        move(state, scales, group, FIRST_ORDER_STEP);
        derivatives(sinceStart, moved, first);
        for (int j = 0; j < n; j++) {
            if (groups.groupOf()[j] == group) {
                for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                    int row = pattern.row(entry);
                    entries[entry] = (first[row] - f[row]) / lengths[j];
                }
            }
        }
    }

    private void fineDifferences(
            double sinceStart, double[] state, double[] f, double[] scales, int group, double[] entries) {
        move(state, scales, group, SECOND_ORDER_STEP);
        derivatives(sinceStart, moved, first);
        for (int j = 0; j < n; j++) {
            if (groups.groupOf()[j] == group) {
                moved[j] = state[j] + (isNearZero(state, j) ? 2 : -1) * lengths[j];
            }
        }
        derivatives(sinceStart, moved, second);
        for (int j = 0; j < n; j++) {
            if (groups.groupOf()[j] == group) {
                boolean oneSided = isNearZero(state, j);
                for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                    int row = pattern.row(entry);
                    double difference =
                            oneSided ? 4 * (first[row] - f[row]) - (second[row] - f[row]) : first[row] - second[row];
                    entries[entry] = difference / (2 * lengths[j]);
                }
            }
        }
    }

    /** Moves the components of a group away from 0: amounts are not moved below it, where a right-hand side may not be defined. */
    private void move(double[] state, double[] scales, int group, double part) {
        System.arraycopy(state, 0, moved, 0, n);
        for (int j = 0; j < n; j++) {
            if (groups.groupOf()[j] == group) {
                double length = part * scales[j];
                moved[j] = state[j] + (state[j] < 0 ? -length : length);
                // As far as rounding moved it.
                lengths[j] = moved[j] - state[j];
            }
        }
    }

    private boolean isNearZero(double[] state, int j) {
        return Math.abs(state[j]) < Math.abs(lengths[j]);
    }

    /**
     * Writes df/dt, by differences of second order at times within the step.
     *
     * @return false if f is not finite there
     */
    boolean alongTime(double sinceStart, double step, double[] state, double[] f, double[] derivatives) {
        if (linear != null) {
            Arrays.fill(derivatives, 0);
            return true;
        }
        double part = TIME_STEP * step;
        // The times as the system sees them, with what rounding made of them.
        double near = day(sinceStart + part) - day(sinceStart);
        double far = day(sinceStart + 2 * part) - day(sinceStart);
        if (!derivatives(sinceStart + part, state, first)) {
            return false;
        }
        if (Arrays.equals(first, f)) {
            // The equations do not depend on time: not a bit differs.
            Arrays.fill(derivatives, 0);
            return true;
        }
        if (!derivatives(sinceStart + 2 * part, state, second)) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            derivatives[i] = slope(near, first[i] - f[i], far, second[i] - f[i]);
        }
        return true;
    }

    /** The part of a step by which the time is moved for derivatives along it. */
    static double timePart(double step) {
        return TIME_STEP * step;
    }

    /** Slope at 0 of the parabola through 0 and two points, or of the line if the points are one. */
    static double slope(double near, double atNear, double far, double atFar) {
        if (far <= 0) {
            return 0;
        }
        if (near <= 0 || far <= near) {
            return atFar / far;
        }
        return (atNear / near * far - atFar / far * near) / (far - near);
    }

    /** Writes J times a vector. */
    void multiply(double[] entries, double[] vector, double[] product) {
        Arrays.fill(product, 0);
        for (int j = 0; j < n; j++) {
            double factor = vector[j];
            if (factor != 0) {
                for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                    product[pattern.row(entry)] += entries[entry] * factor;
                }
            }
        }
    }

    /** Adds to each component the sizes of what its derivative is made of, in first order: the sum of |J| |y|. */
    void addTermSizes(double[] entries, double[] state, double[] sizes) {
        for (int j = 0; j < n; j++) {
            for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                sizes[pattern.row(entry)] += Math.abs(entries[entry] * state[j]);
            }
        }
    }

    /** Writes df/dp times a direction: as the system knows it, or by differences of fourth order. */
    boolean alongParameters(double sinceStart, double[] state, double[] direction, double[] derivatives) {
        if (differentiable != null) {
            System.arraycopy(state, 0, argument, 0, n);
            Arrays.fill(derivatives, Double.NaN);
            differentiable.alongParameters(day(sinceStart), argument, parameters, direction, derivatives);
            return isFinite("the derivative along the parameters of the derivative", sinceStart, state, derivatives);
        }
        return along(sinceStart, state, null, direction, derivatives);
    }

    /** Writes the derivative of f along a direction of state (if any) and parameters, by differences of fourth order. */
    boolean along(
            double sinceStart,
            double[] state,
            double[] stateDirection,
            double[] parameterDirection,
            double[] derivatives) {
        double ratio = ratio(parameterDirection, parameters);
        if (stateDirection != null) {
            ratio = Math.max(ratio, ratio(stateDirection, state));
        }
        if (ratio == 0) {
            Arrays.fill(derivatives, 0);
            return true;
        }
        double length = FOURTH_ORDER_STEP / ratio;
        Arrays.fill(second, 0);
        boolean finite = addMoved(sinceStart, state, stateDirection, parameterDirection, length, 8)
                && addMoved(sinceStart, state, stateDirection, parameterDirection, -length, -8)
                && addMoved(sinceStart, state, stateDirection, parameterDirection, 2 * length, -1)
                && addMoved(sinceStart, state, stateDirection, parameterDirection, -2 * length, 1);
        for (int i = 0; i < n; i++) {
            derivatives[i] = second[i] / (12 * length);
        }
        return finite;
    }

    /**
     * Writes the derivative, along a direction of the state, of the derivative of f along a direction of state and parameters, by differences of fourth order: half the
     * difference of the second derivatives along the sum and the difference of the directions.
     */
    boolean alongBoth(
            double sinceStart,
            double[] state,
            double[] stateDirection,
            double[] parameterDirection,
            double[] otherDirection,
            double[] derivatives) {
        double ratio = Math.max(ratio(stateDirection, state), ratio(parameterDirection, parameters));
        double otherRatio = ratio(otherDirection, state);
        if (ratio == 0 || otherRatio == 0) {
            Arrays.fill(derivatives, 0);
            return true;
        }
        double length = SECOND_DERIVATIVE_STEP / ratio;
        double otherLength = SECOND_DERIVATIVE_STEP / otherRatio;
        Arrays.fill(second, 0);
        boolean finite = true;
        for (int sign = 1; sign >= -1; sign -= 2) {
            for (int i = 0; i < n; i++) {
                combined[i] = stateDirection[i] + sign * (otherLength / length) * otherDirection[i];
            }
            finite = finite
                    && addMoved(sinceStart, state, combined, parameterDirection, length, 16 * sign)
                    && addMoved(sinceStart, state, combined, parameterDirection, -length, 16 * sign)
                    && addMoved(sinceStart, state, combined, parameterDirection, 2 * length, -sign)
                    && addMoved(sinceStart, state, combined, parameterDirection, -2 * length, -sign);
        }
        for (int i = 0; i < n; i++) {
            derivatives[i] = second[i] / (48 * length * otherLength);
        }
        return finite;
    }

    /** Adds f, times a weight, to {@link #second} where state and parameters are moved by some length along a direction. */
    private boolean addMoved(
            double sinceStart,
            double[] state,
            double[] stateDirection,
            double[] parameterDirection,
            double length,
            double weight) {
        System.arraycopy(state, 0, moved, 0, n);
        if (stateDirection != null) {
            for (int i = 0; i < n; i++) {
                moved[i] += length * stateDirection[i];
            }
        }
        System.arraycopy(parameters, 0, keptParameters, 0, parameters.length);
        for (int k = 0; k < parameters.length; k++) {
            parameters[k] += length * parameterDirection[k];
        }
        boolean finite;
        try {
            finite = derivatives(sinceStart, moved, first);
        } finally {
            System.arraycopy(keptParameters, 0, parameters, 0, parameters.length);
        }
        for (int i = 0; i < n; i++) {
            second[i] += weight * first[i];
        }
        return finite;
    }

    /** How large a direction is compared with what it changes; what is far smaller than the rest is compared with the rest. */
    static double ratio(double[] direction, double[] values) {
        double most = 0;
        for (double value : values) {
            most = Math.max(most, Math.abs(value));
        }
        double smallest = most == 0 ? 1 : 1e-3 * most;
        double ratio = 0;
        for (int i = 0; i < values.length; i++) {
            ratio = Math.max(ratio, Math.abs(direction[i]) / Math.max(Math.abs(values[i]), smallest));
        }
        return ratio;
    }

    private boolean isFinite(String what, double sinceStart, double[] state, double[] values) {
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(values[i])) {
                remember(what, i, day(sinceStart), state[i], values[i]);
                return false;
            }
        }
        return true;
    }
}
