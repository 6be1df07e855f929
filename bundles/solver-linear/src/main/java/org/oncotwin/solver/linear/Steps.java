package org.oncotwin.solver.linear;

import java.util.OptionalDouble;

/**
 * Times at which the exact solution is looked at where that is needed: for conditions, for the steady state, and if the asker wants no step longer than some days. The
 * first step is a quarter of the fastest time constant (1 over the norm of A); each is longer by an eighth than the one before it, because what is fast has died down by
 * then, and none is longer than 1/16 of the segment. If A is no Metzler matrix, the solution may oscillate without dying down, and no step is longer than a quarter of a
 * radian of the fastest oscillation; that is bounded by the norm of the skew part of A (Bendixson 1902) in units in which the matrix is balanced (Osborne: On
 * pre-conditioning of matrices, J. ACM 7 (1960) 338-345).
 */
final class Steps {

    private static final double FIRST = 0.25;
    private static final double GROWTH = 1.125;
    private static final double LARGEST_PART = 1.0 / 16;
    private static final int SWEEPS = 10;

    /** Part of a step by which the last may be longer, so that no sliver of rounding is left. */
    private static final double SLIVER = 0x1p-20;

    private final int n;
    private final OptionalDouble largest;
    private final double[] balanced;
    private Coefficients former;
    private double first;
    private double fastestOscillation;
    private double next;
    private double longest;
    private double end;

    Steps(int n, OptionalDouble largest) {
        this.n = n;
        this.largest = largest;
        this.balanced = new double[n * n];
    }

    /** Begins a segment of some days. */
    void begin(Coefficients c, double days) {
        if (c != former) {
            first = FIRST / Matrices.norm(n, c.matrix);
            fastestOscillation = c.metzler ? 0 : skewNorm(c.matrix);
            former = c;
        }
        end = days;
        longest = Math.min(days * LARGEST_PART, FIRST / fastestOscillation);
        if (largest.isPresent()) {
            longest = Math.min(longest, largest.getAsDouble() * (1 - 2 * SLIVER));
        }
        next = Math.min(first, longest);
    }

    /** How many steps the longest ones would be. */
    double least() {
        return end / longest;
    }

    /** The time after a time, both in days since the start of the segment. */
    double after(double time) {
        double step = next;
        next = Math.min(next * GROWTH, longest);
        return time + step * (1 + SLIVER) >= end ? end : time + step;
    }

    private double skewNorm(double[] matrix) {
        System.arraycopy(matrix, 0, balanced, 0, n * n);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < n; i++) {
                double row = 0;
                double column = 0;
                for (int j = 0; j < n; j++) {
                    row += i == j ? 0 : Math.abs(balanced[i * n + j]);
                    column += i == j ? 0 : Math.abs(balanced[j * n + i]);
                }
                if (row > 0 && column > 0) {
                    double factor = Math.sqrt(row / column);
                    for (int j = 0; j < n; j++) {
                        balanced[i * n + j] /= factor;
                        balanced[j * n + i] *= factor;
                    }
                }
            }
        }
        double largestSum = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Math.abs(balanced[i * n + j] - balanced[j * n + i]) / 2;
            }
            largestSum = Math.max(largestSum, sum);
        }
        return largestSum;
    }
}
