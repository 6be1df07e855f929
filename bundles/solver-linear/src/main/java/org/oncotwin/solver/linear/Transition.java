package org.oncotwin.solver.linear;

/**
 * What a time does to a state of dy/dt = A y + b: y becomes y + E y + w with E = exp(A t) - I and w the integral of exp(A s) b over s from 0 to t. The difference to the
 * identity is kept instead of exp(A t), so that a slow loss does not drown in the rounding of numbers near 1; where little of a component remains, exp(A t) has the
 * digits and is kept as well.
 */
final class Transition {

    /** From this part on, what is lost is small enough to be subtracted. */
    private static final double MOST_REMAINS = 0.5;

    private final int n;

    /** E, row by row. */
    final double[] change;

    /** Diagonal of exp(A t). */
    final double[] remaining;

    /** w. */
    final double[] gain;

    /** Derivative of exp(A t) along each direction, row by row. */
    final double[][] changeAlong;

    /** Derivative of w along each direction. */
    final double[][] gainAlong;

    Transition(int n, int directions) {
        this.n = n;
        this.change = new double[n * n];
        this.remaining = new double[n];
        this.gain = new double[n];
        this.changeAlong = new double[directions][n * n];
        this.gainAlong = new double[directions][n];
    }

    /** Writes the state that a state becomes. */
    void apply(double[] from, double[] to) {
        advance(from, to);
        for (int i = 0; i < n; i++) {
            to[i] += gain[i];
        }
    }

    /** Writes the derivative of the state, from the state before and its derivative. */
    void applyAlong(int direction, double[] state, double[] from, double[] to) {
        advance(from, to);
        double[] along = changeAlong[direction];
        for (int i = 0; i < n; i++) {
            double sum = gainAlong[direction][i];
            for (int j = 0; j < n; j++) {
                sum += along[i * n + j] * state[j];
            }
            to[i] += sum;
        }
    }

    private void advance(double[] from, double[] to) {
        for (int i = 0; i < n; i++) {
            int row = i * n;
            double sum = 0;
            for (int j = 0; j < i; j++) {
                sum += change[row + j] * from[j];
            }
            for (int j = i + 1; j < n; j++) {
                sum += change[row + j] * from[j];
            }
            to[i] = remaining[i] >= MOST_REMAINS
                    ? from[i] + (change[row + i] * from[i] + sum)
                    : remaining[i] * from[i] + sum;
        }
    }
}
