package org.oncotwin.solver.ode;

import java.util.Arrays;
import org.oncotwin.api.solver.OdeTolerance;

/**
 * Allowed error of one step for each value of a {@link Situation}. That of the state is the tolerance that was asked for. A derivative of the state along a direction is
 * held to the same relative tolerance, but no tighter than the direction, as a part of what it changes, times the tolerance of the state: the error of an elasticity
 * (p/y dy/dp) is bounded by the relative tolerance times the larger of 1 and the elasticity. This is the rule of CVODES (Hindmarsh and others, ACM Trans. Math. Softw. 31
 * (2005) 363-396) for directions in general.
 */
final class ErrorScale {

    private final int dimension;
    private final double relative;
    private final double[] absolute;
    /** For each direction, how large it is as a part of parameters and state. */
    private final double[] sizes;

    private ErrorScale(int dimension, double relative, double[] absolute, double[] sizes) {
        this.dimension = dimension;
        this.relative = relative;
        this.absolute = absolute;
        this.sizes = sizes;
    }

    static ErrorScale of(OdeTolerance tolerance, Situation start) {
        int n = start.dimension();
        double[] sizes = new double[start.directions()];
        for (int d = 0; d < sizes.length; d++) {
            sizes[d] = Math.max(ofParameters(start, d), ofState(start, d, tolerance));
        }
        double[] absolute = new double[start.values().length];
        for (int i = 0; i < absolute.length; i++) {
            double part = i < n ? 1 : sizes[i / n - 1];
            // A component that stays 0 has no relative error; without this its error would be 0/0.
            absolute[i] = Math.max(part * tolerance.absolute(i % n), Double.MIN_NORMAL);
        }
        return new ErrorScale(n, tolerance.relative(), absolute, sizes);
    }

    private static double ofParameters(Situation start, int direction) {
        double largest = 0;
        for (int j = 0; j < start.parameters().length; j++) {
            double size = Math.abs(start.parameters()[j]);
            largest = Math.max(largest, Math.abs(start.parameterChanges()[direction][j]) / (size > 0 ? size : 1));
        }
        return largest;
    }

    private static double ofState(Situation start, int direction, OdeTolerance tolerance) {
        double change = 0;
        double size = 0;
        for (int i = 0; i < start.dimension(); i++) {
            change = Math.hypot(change, start.values()[(1 + direction) * start.dimension() + i]);
            size = Math.hypot(size, Math.abs(start.values()[i]) + tolerance.absolute(i) / tolerance.relative());
        }
        return size > 0 ? change / size : change;
    }

    double relative() {
        return relative;
    }

    double[] relatives() {
        double[] relatives = new double[absolute.length];
        Arrays.fill(relatives, relative);
        return relatives;
    }

    double[] absolutes() {
        return absolute.clone();
    }

    /** Size below which the relative error of a component of the state is not bounded. */
    double floor(int component) {
        return absolute[component] / relative;
    }

    /** Values against which the library shall measure errors, as those after a step. */
    double[] reference(double[] before, double[] after) {
        if (sizes.length == 0) {
            return after;
        }
        double[] reference = after.clone();
        for (int i = dimension; i < reference.length; i++) {
            double size = Math.max(Math.abs(before[i % dimension]), Math.abs(after[i % dimension]));
            reference[i] = Math.max(Math.abs(after[i]), sizes[i / dimension - 1] * size);
        }
        return reference;
    }

    /** Allowed errors at some values. */
    double[] at(double[] values) {
        double[] reference = reference(values, values);
        double[] allowed = new double[reference.length];
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = absolute[i] + relative * Math.abs(reference[i]);
        }
        return allowed;
    }

    /**
     * What the mean square over all values must be multiplied by so that neither the state nor any derivative alone is over its allowed error where the result is at most 1.
     */
    double blocks() {
        return Math.sqrt(1 + sizes.length);
    }

    /** A difference in the measure in which a step may have an error of 1. */
    double norm(double[] difference, double[] before, double[] after) {
        double[] reference = reference(before, after);
        double sum = 0;
        for (int i = 0; i < difference.length; i++) {
            double ratio =
                    difference[i] / (absolute[i] + relative * Math.max(Math.abs(before[i]), Math.abs(reference[i])));
            sum += ratio * ratio;
        }
        return Math.sqrt(sum / difference.length) * blocks();
    }
}
