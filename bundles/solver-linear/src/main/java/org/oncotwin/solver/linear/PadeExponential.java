package org.oncotwin.solver.linear;

import java.util.Arrays;
import org.oncotwin.api.twin.Cancellation;

/**
 * exp(A t) for any matrix by scaling and squaring of Pade approximants of degree 3, 5, 7, 9 or 13 (Higham: The scaling and squaring method for the matrix exponential
 * revisited, SIAM J. Matrix Anal. Appl. 26 (2005) 1179-1193, algorithm 2.3 with the bounds of table 2.3). What is squared is exp(A t) - I, by
 * E becomes 2 E + E E: neither entries that are slow beside others nor a scaling that is larger than needed (Al-Mohy, Higham: A new scaling and squaring algorithm for the
 * matrix exponential, SIAM J. Matrix Anal. Appl. 31 (2009) 970-989) then lose digits to the 1 of the diagonal. Once all has decayed, exp(A t) itself is squared. The constant b is a further column of the matrix, and
 * derivatives are a block of exp([[A, dA], [0, A]]), both scaled by a power of 2 to be no larger than A, so that they do not add squarings.
 */
final class PadeExponential {

    private static final int[] DEGREES = {3, 5, 7, 9};

    /** Largest norms at which the degrees 3, 5, 7 and 9 have a backward error below the rounding of a double, from table 2.3 of Higham (2005). */
    private static final double[] LARGEST_NORMS = {
        1.495585217958292e-2, 2.539398330063230e-1, 9.504178996162932e-1, 2.097847961257068e0
    };

    /** The same for degree 13. */
    private static final double LARGEST_NORM_13 = 5.371920351148152e0;

    /** Coefficients of the numerators, by rising power. */
    private static final double[][] NUMERATORS = {
        {120, 60, 12, 1},
        {30240, 15120, 3360, 420, 30, 1},
        {17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1},
        {17643225600.0, 8821612800.0, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1}
    };

    private static final double[] NUMERATOR_13 = {
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920,
        40840800,
        960960,
        16380,
        182,
        1
    };

    private static final double[] NONE = new double[0];

    /** Norm of exp(A t) below which all has decayed so far that 1 - exp(A t) has fewer digits. */
    private static final double LITTLE = 0.5;

    private final int n;
    private final int directions;
    private final double[] scaled;
    private final double[][] evenPowers;
    private final double[] odd;
    private final double[] even;
    private final double[] product;
    private double[] change;
    private double[] next;
    private boolean decayed;
    private Cancellation cancellation = Cancellation.NEVER;

    PadeExponential(int n, int directions) {
        this.n = n;
        this.directions = directions;
        int largest = (n + 1) * (directions > 0 ? 2 : 1);
        int entries = largest * largest;
        this.scaled = new double[entries];
        this.evenPowers = new double[4][entries];
        this.odd = new double[entries];
        this.even = new double[entries];
        this.product = new double[entries];
        this.change = new double[entries];
        this.next = new double[entries];
    }

    /** Writes the transition over a time in days, with its derivatives if they are wanted. */
    void compute(Coefficients c, double days, boolean derivatives, Transition into, Cancellation asked) {
        cancellation = asked;
        int size = c.hasInput ? n + 1 : n;
        int inputScale = scale(c.matrix, n, largest(c.input));
        clear(size);
        put(c.matrix, c.hasInput ? c.input : NONE, inputScale, size, 0, 0, 0);
        exponential(size, days);
        for (int i = 0; i < n; i++) {
            System.arraycopy(change, i * size, into.change, i * n, n);
            double diagonal = into.change[i * n + i];
            into.remaining[i] = decayed ? diagonal : diagonal + 1;
            into.change[i * n + i] = decayed ? diagonal - 1 : diagonal;
            into.gain[i] = c.hasInput ? Math.scalb(change[i * size + n], -inputScale) : 0;
        }
        // An input may have a derivative where it is 0.
        size = n + 1;
        for (int d = 0; derivatives && d < directions; d++) {
            double alongSize =
                    Math.max(Matrices.norm(n, c.matrixAlong[d]), Math.scalb(largest(c.inputAlong[d]), inputScale));
            int alongScale = scale(c.matrix, n, alongSize);
            int block = 2 * size;
            clear(block);
            put(c.matrix, c.input, inputScale, block, 0, 0, 0);
            put(c.matrix, c.input, inputScale, block, size, size, 0);
            put(c.matrixAlong[d], c.inputAlong[d], inputScale, block, 0, size, alongScale);
            exponential(block, days);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    into.changeAlong[d][i * n + j] = Math.scalb(change[i * block + size + j], -alongScale);
                }
                into.gainAlong[d][i] = Math.scalb(change[i * block + size + n], -alongScale - inputScale);
            }
        }
    }

    private static double largest(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /** Power of 2 that makes a number no larger than the norm of a matrix. */
    private static int scale(double[] matrix, int n, double number) {
        return number == 0 ? 0 : Math.getExponent(Matrices.norm(n, matrix)) - Math.getExponent(number) - 1;
    }

    private void clear(int size) {
        Arrays.fill(scaled, 0, size * size, 0);
    }

    private void put(
            double[] matrix, double[] input, int inputScale, int size, int firstRow, int firstColumn, int scale) {
        for (int i = 0; i < n; i++) {
            int row = (firstRow + i) * size + firstColumn;
            for (int j = 0; j < n; j++) {
                scaled[row + j] = Math.scalb(matrix[i * n + j], scale);
            }
            if (input.length > 0) {
                scaled[row + n] = Math.scalb(input[i], scale + inputScale);
            }
        }
    }

    /** Writes exp(scaled days) - I into change; or, if decayed, exp(scaled days). */
    private void exponential(int size, double days) {
        double norm = Matrices.norm(size, scaled) * days;
        int squarings = 0;
        int degree = -1;
        for (int d = 0; degree < 0 && d < DEGREES.length; d++) {
            degree = norm <= LARGEST_NORMS[d] ? d : -1;
        }
        if (degree < 0) {
            squarings = Math.max(0, Math.getExponent(norm / LARGEST_NORM_13) + 1);
        }
        double step = Math.scalb(days, -squarings);
        int entries = size * size;
        for (int e = 0; e < entries; e++) {
            scaled[e] *= step;
        }
        if (degree >= 0) {
            lowDegree(size, degree);
        } else {
            degree13(size);
        }
        // r(M) - I = (V - U)^-1 (V + U) - I = 2 (V - U)^-1 U
        for (int e = 0; e < entries; e++) {
            even[e] -= odd[e];
            change[e] = 2 * odd[e];
        }
        Matrices.solve(size, even, change);
        decayed = false;
        for (int k = 0; k < squarings; k++) {
            if (!decayed && remainingNorm(size) <= LITTLE) {
                decayed = true;
                for (int i = 0; i < size; i++) {
                    change[i * (size + 1)] += 1;
                }
            }
            for (int e = 0; e < entries; e++) {
                next[e] = decayed ? 0 : 2 * change[e];
            }
            Matrices.multiplyAdd(size, change, change, next, cancellation);
            double[] done = change;
            change = next;
            next = done;
        }
    }

    /** Norm of change + I. */
    private double remainingNorm(int size) {
        double largest = 0;
        for (int j = 0; j < size; j++) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += Math.abs(change[i * size + j] + (i == j ? 1 : 0));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    private void lowDegree(int size, int degree) {
        double[] b = NUMERATORS[degree];
        int powers = DEGREES[degree] / 2;
        evenPowers(size, powers);
        for (int e = 0; e < size * size; e++) {
            double one = e % (size + 1) == 0 ? 1 : 0;
            double u = b[1] * one;
            double v = b[0] * one;
            for (int k = 1; k <= powers; k++) {
                u += b[2 * k + 1] * evenPowers[k - 1][e];
                v += b[2 * k] * evenPowers[k - 1][e];
            }
            product[e] = u;
            even[e] = v;
        }
        Matrices.multiply(size, scaled, product, odd, cancellation);
    }

    private void degree13(int size) {
        double[] b = NUMERATOR_13;
        evenPowers(size, 3);
        double[] two = evenPowers[0];
        double[] four = evenPowers[1];
        double[] six = evenPowers[2];
        double[] inner = evenPowers[3];
        int entries = size * size;
        for (int e = 0; e < entries; e++) {
            inner[e] = b[13] * six[e] + b[11] * four[e] + b[9] * two[e];
            double one = e % (size + 1) == 0 ? 1 : 0;
            product[e] = b[7] * six[e] + b[5] * four[e] + b[3] * two[e] + b[1] * one;
            even[e] = b[6] * six[e] + b[4] * four[e] + b[2] * two[e] + b[0] * one;
        }
        Matrices.multiplyAdd(size, six, inner, product, cancellation);
        Matrices.multiply(size, scaled, product, odd, cancellation);
        for (int e = 0; e < entries; e++) {
            inner[e] = b[12] * six[e] + b[10] * four[e] + b[8] * two[e];
        }
        Matrices.multiplyAdd(size, six, inner, even, cancellation);
    }

    /** Second, fourth ... power of the scaled matrix. */
    private void evenPowers(int size, int count) {
        Matrices.multiply(size, scaled, scaled, evenPowers[0], cancellation);
        for (int k = 1; k < count; k++) {
            Matrices.multiply(size, evenPowers[k - 1], evenPowers[0], evenPowers[k], cancellation);
        }
    }
}
