package org.oncotwin.solver.grid.scheme;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Integrals over a stretch of time of functions that share what they are made of, such as those of many rates: what they share is taken once at each point. Gauss-Legendre quadrature with 16
 * points (Abramowitz and Stegun 1964, table 25.4), from one jump of the shared values to the next in ever more panels, until two results agree to the rounding of the terms, which are larger than their sum where the function
 * changes its sign.
 */
final class GaussLegendre {

    private static final double[] NODES = {
        0.0950125098376374402,
        0.2816035507792589132,
        0.4580167776572273863,
        0.6178762444026437484,
        0.7554044083550030339,
        0.8656312023878317439,
        0.9445750230732325761,
        0.9894009349916499326
    };
    private static final double[] WEIGHTS = {
        0.1894506104550684963,
        0.1826034150449235889,
        0.1691565193950025382,
        0.1495959888165767321,
        0.1246289712555338721,
        0.0951585116824927848,
        0.0622535239386478929,
        0.0271524594117540949
    };
    private static final int MOST_PANELS = 1 << 12;
    private static final double AGREEMENT = 1e-15;

    /** Below this, relative to the integral of the magnitude, values that refining brings no closer differ by the rounding of the function: a difference quotient has more of it than most. */
    private static final double ROUNDING = 1e-8;

    private final List<Piece> pieces = new ArrayList<>();

    /**
     * Integrals from one time to another.
     *
     * @param shared values at a time that functions are made of, smooth between the jumps
     * @param jumps ascending, between the two times
     */
    GaussLegendre(DoubleFunction<double[]> shared, double[] jumps, double from, double to) {
        double start = from;
        for (double jump : jumps) {
            pieces.add(new Piece(shared, start, jump));
            start = jump;
        }
        pieces.add(new Piece(shared, start, to));
    }

    /** The integral of a function of the shared values. */
    double of(ToDoubleFunction<double[]> function) {
        double total = 0;
        for (Piece piece : pieces) {
            total += piece.integral(function);
        }
        return total;
    }

    /** A part of the stretch without jumps. */
    private static final class Piece {

        private final DoubleFunction<double[]> shared;
        private final double from;
        private final double to;

        /** By the power of two that the number of panels is: the shared values at each point, panel after panel. */
        private final List<double[][]> levels = new ArrayList<>();

        Piece(DoubleFunction<double[]> shared, double from, double to) {
            this.shared = shared;
            this.from = from;
            this.to = to;
        }

        double integral(ToDoubleFunction<double[]> function) {
            double before = panels(function, 0);
            double scale = panels(values -> Math.abs(function.applyAsDouble(values)), 0);
            double changeBefore = Double.POSITIVE_INFINITY;
            for (int level = 1; 1 << level <= MOST_PANELS; level++) {
                double now = panels(function, level);
                double change = Math.abs(now - before);
                if (change <= AGREEMENT * scale || change <= ROUNDING * scale && change >= changeBefore / 2) {
                    return now;
                }
                before = now;
                changeBefore = change;
            }
            return before;
        }

        private double panels(ToDoubleFunction<double[]> function, int level) {
            double[][] values = values(level);
            double half = half(level);
            double total = 0;
            int point = 0;
            for (int panel = 0; panel < 1 << level; panel++) {
                double sum = 0;
                for (double weight : WEIGHTS) {
                    sum += weight * (function.applyAsDouble(values[point]) + function.applyAsDouble(values[point + 1]));
                    point += 2;
                }
                total += half * sum;
            }
            return total;
        }

        private double half(int level) {
            return (to - from) / (2.0 * (1 << level));
        }

        private double[][] values(int level) {
            if (level < levels.size()) {
                return levels.get(level);
            }
            double half = half(level);
            double[][] values = new double[2 * NODES.length << level][];
            int point = 0;
            for (int panel = 0; panel < 1 << level; panel++) {
                double middle = from + (2 * panel + 1) * half;
                for (double node : NODES) {
                    values[point] = shared.apply(middle - half * node);
                    values[point + 1] = shared.apply(middle + half * node);
                    point += 2;
                }
            }
            levels.add(values);
            return values;
        }
    }
}
