package org.oncotwin.solver.ode;

import java.util.Arrays;
import org.apache.commons.math3.ode.sampling.AbstractStepInterpolator;

/**
 * The solution within one step: the polynomial by which the library interpolates, kept as its values at the nodes of Chebyshev and Lobatto, which is less than the stages
 * are and may be read by several threads. Formula: barycentric (Berrut, Trefethen: Barycentric Lagrange interpolation, SIAM Review 46 (2004) 501-517). Between the ends a
 * component that shall not be negative may be below 0 there; then the state is mixed with the straight line between its ends by just as much as lifts it to 0, which keeps
 * linear sums. Immutable.
 */
final class DenseStep {

    /** Nodes by degree, from 0 to 1. */
    private static final double[][] NODES = new double[8][];

    static {
        for (int degree = 1; degree < NODES.length; degree++) {
            NODES[degree] = new double[degree + 1];
            for (int k = 0; k <= degree; k++) {
                NODES[degree][k] = 0.5 * (1 - StrictMath.cos(Math.PI * k / degree));
            }
        }
    }

    private final Clock clock;
    private final double start;
    private final double length;
    private final double[][] values;
    private final int dimension;
    private final int[] nonNegative;

    private DenseStep(Clock clock, double start, double length, double[][] values, int dimension, int[] nonNegative) {
        this.clock = clock;
        this.start = start;
        this.length = length;
        this.values = values;
        this.dimension = dimension;
        this.nonNegative = nonNegative;
    }

    /** From the interpolator of the library. */
    static DenseStep of(
            AbstractStepInterpolator step,
            int degree,
            Clock clock,
            double[] before,
            double[] after,
            int dimension,
            int[] nonNegative) {
        double start = step.getGlobalPreviousTime();
        double length = step.getGlobalCurrentTime() - start;
        double[][] values = new double[degree + 1][];
        values[0] = before.clone();
        values[degree] = after.clone();
        for (int k = 1; k < degree; k++) {
            step.setInterpolatedTime(start + node(k, degree) * length);
            values[k] = step.getInterpolatedState().clone();
        }
        return new DenseStep(clock, start, length, values, dimension, nonNegative);
    }

    /** The cubic polynomial through values and derivatives at the ends (Hermite). */
    static DenseStep cubic(
            Clock clock,
            double start,
            double length,
            double[] before,
            double[] slopeBefore,
            double[] after,
            double[] slopeAfter,
            int dimension,
            int[] nonNegative) {
        double[][] values = new double[4][before.length];
        for (int k = 1; k < 3; k++) {
            double x = node(k, 3);
            double left = (1 - x) * (1 - x);
            double right = x * x;
            for (int i = 0; i < before.length; i++) {
                values[k][i] = left * ((1 + 2 * x) * before[i] + x * length * slopeBefore[i])
                        + right * ((3 - 2 * x) * after[i] - (1 - x) * length * slopeAfter[i]);
            }
        }
        values[0] = before.clone();
        values[3] = after.clone();
        return new DenseStep(clock, start, length, values, dimension, nonNegative);
    }

    private static double node(int k, int degree) {
        return NODES[degree][k];
    }

    /** False if the interpolation needed the right-hand side where it has no value. */
    boolean isFinite() {
        return Arrays.stream(values).allMatch(node -> Names.firstNotFinite(node) < 0);
    }

    /** This step without the derivatives of the solution. */
    DenseStep ofState() {
        double[][] states = new double[values.length][];
        for (int k = 0; k < states.length; k++) {
            states[k] = Arrays.copyOf(values[k], dimension);
        }
        return new DenseStep(clock, start, length, states, dimension, nonNegative);
    }

    /** First day. */
    double day() {
        return clock.day(start);
    }

    double[] onDay(double day) {
        return at(clock.since(day));
    }

    /** Values at a time since the start of the leg; before or after the step those at its ends. */
    double[] at(double sinceStart) {
        double x = (sinceStart - start) / length;
        int degree = values.length - 1;
        if (!(x > 0)) {
            return values[0].clone();
        }
        if (x >= 1) {
            return values[degree].clone();
        }
        double[] result = new double[values[0].length];
        double sum = 0;
        for (int k = 0; k <= degree; k++) {
            double distance = x - node(k, degree);
            if (distance == 0) {
                return lifted(values[k].clone(), x);
            }
            double weight = (k % 2 == 0 ? 1 : -1) * (k == 0 || k == degree ? 0.5 : 1) / distance;
            sum += weight;
            for (int i = 0; i < result.length; i++) {
                // The differences keep a component that does not move as it is, to the bit.
                result[i] += weight * (values[k][i] - values[0][i]);
            }
        }
        for (int i = 0; i < result.length; i++) {
            result[i] = values[0][i] + result[i] / sum;
        }
        return lifted(result, x);
    }

    private double[] lifted(double[] result, double x) {
        double part = 0;
        for (int i : nonNegative) {
            if (result[i] < 0) {
                part = Math.max(part, result[i] / (result[i] - line(i, x)));
            }
        }
        if (part > 0) {
            for (int i = 0; i < dimension; i++) {
                result[i] += part * (line(i, x) - result[i]);
            }
            for (int i : nonNegative) {
                // Rounding only: the part was chosen so that none is below 0.
                result[i] = Math.max(result[i], 0);
            }
        }
        return result;
    }

    private double line(int component, double x) {
        return (1 - x) * values[0][component] + x * values[values.length - 1][component];
    }
}
