package org.oncotwin.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where to evaluate a function around a point and how to weight the values, so that the weighted sum is its derivative (Abramowitz and Stegun 1964, table 25.2).
 *
 * @param step distance of the points
 * @param points where
 * @param weights weight of the value at each point
 */
record Stencil(double step, double[] points, double[] weights) {

    /** Of second order for functions whose values are exact to rounding: the third root of the spacing of doubles balances truncation and rounding. */
    private static final double SMALL = 6.06e-6;

    /** Of fourth order for runs, whose rounding errors are larger: truncation is still far below. */
    private static final double LARGE = 0x1p-12;

    /**
     * For values that are exact to rounding: second order, three points at most.
     *
     * @param scale magnitude of the argument
     * @return empty if there is no room within the bounds
     */
    static Optional<Stencil> ofExact(double at, double scale, double minimum, double maximum) {
        double step = representable(at, scale * SMALL);
        if (at - step >= minimum && at + step <= maximum) {
            return Optional.of(of(at, step, new int[] {-1, 1}, new double[] {-1, 1}, 2));
        }
        return oneSided(at, step, minimum, maximum, new int[] {0, 1, 2}, new double[] {-3, 4, -1}, 2);
    }

    /**
     * For whole runs: fourth order, five points at most.
     *
     * @param scale magnitude of the argument
     * @return empty if there is no room within the bounds
     */
    static Optional<Stencil> ofRuns(double at, double scale, double minimum, double maximum) {
        double step = representable(at, scale * LARGE);
        if (at - 2 * step >= minimum && at + 2 * step <= maximum) {
            return Optional.of(of(at, step, new int[] {-2, -1, 1, 2}, new double[] {1, -8, 8, -1}, 12));
        }
        return oneSided(at, step, minimum, maximum, new int[] {0, 1, 2, 3, 4}, new double[] {-25, 48, -36, 16, -3}, 12);
    }

    private static Optional<Stencil> oneSided(
            double at,
            double step,
            double minimum,
            double maximum,
            int[] multiples,
            double[] numerators,
            double denominator) {
        int far = multiples[multiples.length - 1];
        if (at + far * step <= maximum) {
            return Optional.of(of(at, step, multiples, numerators, denominator));
        }
        if (at - far * step >= minimum) {
            return Optional.of(of(at, -step, multiples, numerators, denominator));
        }
        return Optional.empty();
    }

    private static Stencil of(double at, double step, int[] multiples, double[] numerators, double denominator) {
        double[] points =
                Arrays.stream(multiples).mapToDouble(m -> at + m * step).toArray();
        double[] weights =
                Arrays.stream(numerators).map(n -> n / (denominator * step)).toArray();
        return new Stencil(Math.abs(step), points, weights);
    }

    /** The nearest step that addition to the argument does not round. */
    private static double representable(double at, double step) {
        return (at + step) - at;
    }
}
