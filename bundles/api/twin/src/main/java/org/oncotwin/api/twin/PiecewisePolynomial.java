package org.oncotwin.api.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * A function of time as Chebyshev polynomials of degree 15 on adjoining pieces, with its exact integral: how something that only a solver knows, or that depends on a concentration in a bent way, becomes a {@link TimeFunction}. 0
 * before its first piece; not defined after its last. Pieces are halved until the highest coefficients vanish (Trefethen, Approximation Theory and Approximation Practice, 2013, chapters 3 and 19).
 */
public final class PiecewisePolynomial implements TimeFunction {

    private static final int COUNT = 16;
    private static final int MOST_PIECES = 2_000_000;
    /** A peak that follows a dose is looked for down to the 2^-40th part of what follows. */
    private static final int PROBES = 40;

    private static final double[] NODES = new double[COUNT];
    private static final double[][] BASIS = new double[COUNT][COUNT];

    static {
        for (int node = 0; node < COUNT; node++) {
            double angle = StrictMath.PI * (node + 0.5) / COUNT;
            NODES[node] = StrictMath.cos(angle);
            for (int degree = 0; degree < COUNT; degree++) {
                BASIS[degree][node] = (degree == 0 ? 1.0 : 2.0) / COUNT * StrictMath.cos(degree * angle);
            }
        }
    }

    private final double[] ends;
    private final double[][] values;
    private final double[][] antiderivatives;
    private final double[] cumulative;
    private final double[] jumps;

    private PiecewisePolynomial(List<Double> starts, List<double[]> pieces, double end, double[] jumps) {
        int count = pieces.size();
        ends = new double[count + 1];
        values = new double[count][];
        antiderivatives = new double[count][];
        cumulative = new double[count + 1];
        for (int piece = 0; piece < count; piece++) {
            ends[piece] = starts.get(piece);
            values[piece] = pieces.get(piece);
        }
        ends[count] = end;
        for (int piece = 0; piece < count; piece++) {
            antiderivatives[piece] = antiderivative(values[piece], (ends[piece + 1] - ends[piece]) / 2);
            cumulative[piece + 1] = cumulative[piece] + clenshaw(antiderivatives[piece], 1);
        }
        this.jumps = jumps.clone();
    }

    /**
     * A function to a tolerance.
     *
     * @param function value on a day, smooth between the jumps; asked inside of pieces only
     * @param jumps days between {@code from} and {@code to} at which it or a derivative of it jumps, ascending
     * @param from first day
     * @param to last day
     * @param tolerance error relative to the largest value of the function
     * @throws IllegalArgumentException if the function is not finite or takes more than two million pieces
     */
    public static PiecewisePolynomial approximating(
            DoubleUnaryOperator function, double[] jumps, double from, double to, double tolerance) {
        for (double jump : jumps) {
            if (!(jump >= from && jump <= to)) {
                throw new IllegalArgumentException(
                        "a jump on day " + jump + ", not from day " + from + " to day " + to);
            }
        }
        double[] ends = new double[jumps.length + 2];
        ends[0] = from;
        System.arraycopy(jumps, 0, ends, 1, jumps.length);
        ends[ends.length - 1] = to;
        Fit fit = new Fit(function, tolerance);
        for (int stretch = 0; stretch + 1 < ends.length; stretch++) {
            fit.scale(ends[stretch], ends[stretch + 1]);
        }
        for (int stretch = 0; stretch + 1 < ends.length; stretch++) {
            if (ends[stretch + 1] > ends[stretch]) {
                fit.add(ends[stretch], ends[stretch + 1], 0, true);
            }
        }
        if (fit.pieces.isEmpty()) {
            throw new IllegalArgumentException("no time between day " + from + " and day " + to);
        }
        return new PiecewisePolynomial(fit.starts, fit.pieces, to, jumps);
    }

    private static final class Fit {
        private final DoubleUnaryOperator function;
        private final double tolerance;
        private final List<Double> starts = new ArrayList<>();
        private final List<double[]> pieces = new ArrayList<>();
        private double largest;

        Fit(DoubleUnaryOperator function, double tolerance) {
            this.function = function;
            this.tolerance = tolerance;
        }

        void scale(double from, double to) {
            // Concentrations peak at the ends of stretches, close to which the outermost nodes lie.
            for (double node : NODES) {
                largest = Math.max(largest, Math.abs(value(from, to, node)));
            }
            for (int probe = 1; probe <= PROBES && to > from; probe++) {
                largest = Math.max(largest, Math.abs(value(from, to, Math.scalb(2.0, -probe) - 1)));
            }
        }

        /** A short peak after a dose lies between the start of a stretch and the first node; so places ever closer to the start are looked at. */
        private boolean follows(double[] coefficients, double from, double to) {
            for (int probe = 1; probe <= PROBES; probe++) {
                double node = Math.scalb(2.0, -probe) - 1;
                if (Math.abs(clenshaw(coefficients, node) - value(from, to, node)) > 100 * tolerance * largest) {
                    return false;
                }
            }
            return true;
        }

        private double value(double from, double to, double node) {
            double day = from + (to - from) * (1 + node) / 2;
            double value = function.applyAsDouble(day);
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value " + value + " on day " + day);
            }
            return value;
        }

        void add(double from, double to, int depth, boolean afterJump) {
            double[] sampled = new double[COUNT];
            for (int node = 0; node < COUNT; node++) {
                sampled[node] = value(from, to, NODES[node]);
                largest = Math.max(largest, Math.abs(sampled[node]));
            }
            double[] coefficients = new double[COUNT];
            for (int degree = 0; degree < COUNT; degree++) {
                double sum = 0;
                for (int node = 0; node < COUNT; node++) {
                    sum += BASIS[degree][node] * sampled[node];
                }
                coefficients[degree] = sum;
            }
            double tail = 0;
            for (int degree = COUNT - 3; degree < COUNT; degree++) {
                tail = Math.max(tail, Math.abs(coefficients[degree]));
            }
            double middle = from + (to - from) / 2;
            boolean fits = tail <= tolerance * largest && (!afterJump || follows(coefficients, from, to));
            if (fits || depth >= 48 || !(middle > from && middle < to)) {
                if (pieces.size() >= MOST_PIECES) {
                    throw new IllegalArgumentException("more than " + MOST_PIECES + " pieces up to day " + to);
                }
                starts.add(from);
                pieces.add(coefficients);
                return;
            }
            add(from, middle, depth + 1, afterJump);
            add(middle, to, depth + 1, false);
        }
    }

    /** Coefficients of the integral from the left end of a piece, given half its length. */
    private static double[] antiderivative(double[] c, double half) {
        double[] integral = new double[COUNT + 1];
        for (int degree = 1; degree <= COUNT; degree++) {
            double lower = degree == 1 ? 2 * c[0] : c[degree - 1];
            double upper = degree + 1 < COUNT ? c[degree + 1] : 0;
            integral[degree] = half * (lower - upper) / (2 * degree);
        }
        integral[0] = 0;
        integral[0] = -clenshaw(integral, -1);
        return integral;
    }

    private static double clenshaw(double[] coefficients, double x) {
        double next = 0;
        double afterNext = 0;
        for (int degree = coefficients.length - 1; degree >= 1; degree--) {
            double value = coefficients[degree] + 2 * x * next - afterNext;
            afterNext = next;
            next = value;
        }
        return coefficients[0] + x * next - afterNext;
    }

    private int piece(double day) {
        if (!(day <= ends[ends.length - 1])) {
            throw new IllegalArgumentException("day " + day + " is after the last day, " + ends[ends.length - 1]);
        }
        int place = Arrays.binarySearch(ends, day);
        int piece = place >= 0 ? place : -place - 2;
        return Math.min(piece, values.length - 1);
    }

    private double place(int piece, double day) {
        double length = ends[piece + 1] - ends[piece];
        return 2 * (day - ends[piece]) / length - 1;
    }

    @Override
    public double at(double day) {
        if (day < ends[0]) {
            return 0;
        }
        int piece = piece(day);
        return clenshaw(values[piece], place(piece, day));
    }

    @Override
    public double integral(double from, double to) {
        int first = from < ends[0] ? -1 : piece(from);
        int last = to < ends[0] ? -1 : piece(to);
        if (first == last && first >= 0) {
            return within(last, to) - within(first, from);
        }
        double sum = last < 0 ? 0 : within(last, to);
        if (first >= 0) {
            sum += clenshaw(antiderivatives[first], 1) - within(first, from);
        }
        return sum + (last < 0 ? 0 : cumulative[last] - cumulative[first + 1]);
    }

    private double within(int piece, double day) {
        return clenshaw(antiderivatives[piece], place(piece, day));
    }

    @Override
    public double[] jumps(double from, double to) {
        // Before the first piece it is 0.
        boolean starts = at(ends[0]) != 0 && ends[0] > from && ends[0] < to;
        return DoubleStream.concat(
                        starts ? DoubleStream.of(ends[0]) : DoubleStream.empty(),
                        Arrays.stream(jumps).filter(day -> day > from && day < to))
                .toArray();
    }
}
