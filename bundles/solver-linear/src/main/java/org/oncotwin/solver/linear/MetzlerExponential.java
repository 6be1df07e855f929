package org.oncotwin.solver.linear;

import java.util.Arrays;
import org.oncotwin.api.twin.Cancellation;

/**
 * exp(A t) for a Metzler matrix (no negative entry off the diagonal), such as that of any compartments, without a subtraction that cancels, so that small entries are as
 * exact as large ones and none becomes negative.
 *
 * <p>Over t/2^k, exp(A h) = exp(-s h) exp((A + s I) h) with the largest outflow s is a Taylor series of numbers that are not negative (Xue, Ye: Computing exponentials of
 * essentially non-negative matrices entrywise to high relative accuracy, Math. Comp. 82 (2013) 1577-1596). It is then squared k times. By squaring alone the errors of
 * the columns' sums would double each time, and with them that of the amount in all compartments. So what each column has lost or won, r = 1'exp(A h) - 1', is followed
 * on its own: from its series with the sums of A's columns, and r becomes r + r exp(A h) where exp(A h) is squared. The diagonal is then what is missing to the sum (as in
 * Grassmann, Taksar, Heyman: Regenerative analysis and steady state distributions for Markov chains, Oper. Res. 33 (1985) 1107-1116), or the column is scaled to it where
 * little remains on the diagonal.
 */
final class MetzlerExponential {

    /** Entries below this part of what they are added to are lost in rounding. */
    private static final double NEGLIGIBLE = 0x1p-57;

    /** A sum of a column below this multiple of size and diagonal is rounding of a sum that is 0. */
    private static final double ROUNDING = 0x1p-52;

    /** Path lengths between compartments up to which the series always goes, however small the terms. */
    private static final int LONGEST_PATH = 32;

    /** Terms that suffice at a norm of 1/2, beyond those for the paths. */
    private static final int MOST_TERMS = 20;

    private final int n;
    private final double[] shifted;
    private final double[] columnSums;
    private final double[] balance;
    private final double[] balanceTerm;
    private final double[] balanceNext;
    private final double[] gain;
    private final double[] gainTerm;
    private final double[] gainNext;
    private double[] power;
    private double[] term;
    private double[] next;
    private final double[][] along;
    private final double[][] alongTerm;
    private final double[] alongNext;
    private final double[][] gainAlong;
    private final double[][] gainAlongTerm;
    private Cancellation cancellation = Cancellation.NEVER;

    MetzlerExponential(int n, int directions) {
        this.n = n;
        this.shifted = new double[n * n];
        this.columnSums = new double[n];
        this.balance = new double[n];
        this.balanceTerm = new double[n];
        this.balanceNext = new double[n];
        this.gain = new double[n];
        this.gainTerm = new double[n];
        this.gainNext = new double[n];
        this.power = new double[n * n];
        this.term = new double[n * n];
        this.next = new double[n * n];
        this.along = new double[directions][n * n];
        this.alongTerm = new double[directions][n * n];
        this.alongNext = new double[n * n];
        this.gainAlong = new double[directions][n];
        this.gainAlongTerm = new double[directions][n];
    }

    /** Writes the transition over a time in days, with its derivatives if they are wanted. */
    void compute(Coefficients c, double days, boolean derivatives, Transition into, Cancellation asked) {
        cancellation = asked;
        int directions = derivatives ? along.length : 0;
        double shift = shift(c.matrix);
        double size = Math.max(shift, Matrices.norm(n, shifted)) * days;
        // The exponent is that of the power of 2 at or below the number: two more bring it below 1/2.
        int squarings = Math.max(0, Math.getExponent(size) + 2);
        double step = Math.scalb(days, -squarings);
        series(c, shift, step, directions);
        fitColumns();
        for (int k = 0; k < squarings; k++) {
            square(directions);
            fitColumns();
        }
        for (int i = 0; i < n; i++) {
            into.remaining[i] = power[i * n + i];
        }
        System.arraycopy(power, 0, into.change, 0, n * n);
        for (int j = 0; j < n; j++) {
            into.change[j * n + j] = loss(j);
        }
        System.arraycopy(gain, 0, into.gain, 0, n);
        for (int d = 0; d < directions; d++) {
            System.arraycopy(along[d], 0, into.changeAlong[d], 0, n * n);
            System.arraycopy(gainAlong[d], 0, into.gainAlong[d], 0, n);
        }
    }

    /** Writes A + s I and the sums of A's columns; returns s, the largest outflow. */
    private double shift(double[] matrix) {
        double shift = 0;
        for (int i = 0; i < n; i++) {
            shift = Math.max(shift, -matrix[i * n + i]);
        }
        System.arraycopy(matrix, 0, shifted, 0, n * n);
        for (int j = 0; j < n; j++) {
            shifted[j * n + j] += shift;
            double outside = 0;
            for (int i = 0; i < n; i++) {
                outside += i == j ? 0 : matrix[i * n + j];
            }
            double diagonal = matrix[j * n + j];
            double sum = outside + diagonal;
            columnSums[j] = Math.abs(sum) <= ROUNDING * n * Math.abs(diagonal) ? 0 : sum;
        }
        return shift;
    }

    /** Taylor series over a step whose norm is below 1/2. */
    private void series(Coefficients c, double shift, double step, int directions) {
        Arrays.fill(term, 0);
        for (int i = 0; i < n; i++) {
            term[i * n + i] = 1;
        }
        System.arraycopy(term, 0, power, 0, n * n);
        Arrays.fill(balance, 0);
        Arrays.fill(balanceTerm, 0);
        Arrays.fill(gain, 0);
        Arrays.fill(gainTerm, 0);
        for (int d = 0; d < directions; d++) {
            Arrays.fill(along[d], 0);
            Arrays.fill(alongTerm[d], 0);
            Arrays.fill(gainAlong[d], 0);
            Arrays.fill(gainAlongTerm[d], 0);
        }
        double shiftTerm = 1;
        int paths = Math.min(n, LONGEST_PATH);
        boolean matters = true;
        for (int k = 1; matters && k <= MOST_TERMS + paths; k++) {
            double factor = step / k;
            for (int d = 0; d < directions; d++) {
                alongTerms(c, d, factor, shiftTerm);
            }
            balanceTerms(shift, factor);
            gainTerms(c, factor, shiftTerm);
            Matrices.multiply(n, shifted, term, next, cancellation);
            matters = k <= paths;
            for (int e = 0; e < n * n; e++) {
                next[e] *= factor;
                power[e] += next[e];
                matters |= next[e] > NEGLIGIBLE * power[e];
            }
            double[] done = term;
            term = next;
            next = done;
            shiftTerm *= shift * factor;
            matters |= shiftTerm > NEGLIGIBLE;
        }
        double unshift = StrictMath.exp(-shift * step);
        scale(power, unshift);
        scale(balance, unshift);
        scale(gain, unshift);
        for (int d = 0; d < directions; d++) {
            scale(along[d], unshift);
            scale(gainAlong[d], unshift);
        }
    }

    /** Next terms of the derivatives: of N^k, dN N^(k-1) + N d(N^(k-1)). */
    private void alongTerms(Coefficients c, int d, double factor, double shiftTerm) {
        Arrays.fill(gainNext, 0);
        Matrices.timesVectorAdd(n, c.matrixAlong[d], gainTerm, gainNext);
        Matrices.timesVectorAdd(n, shifted, gainAlongTerm[d], gainNext);
        for (int i = 0; i < n; i++) {
            gainAlongTerm[d][i] = factor * (gainNext[i] + shiftTerm * c.inputAlong[d][i]);
            gainAlong[d][i] += gainAlongTerm[d][i];
        }
        Matrices.multiply(n, c.matrixAlong[d], term, alongNext, cancellation);
        Matrices.multiplyAdd(n, shifted, alongTerm[d], alongNext, cancellation);
        for (int e = 0; e < n * n; e++) {
            alongTerm[d][e] = factor * alongNext[e];
            along[d][e] += alongTerm[d][e];
        }
    }

    private void balanceTerms(double shift, double factor) {
        for (int j = 0; j < n; j++) {
            double sum = shift * balanceTerm[j];
            for (int i = 0; i < n; i++) {
                sum += columnSums[i] * term[i * n + j];
            }
            balanceNext[j] = factor * sum;
        }
        for (int j = 0; j < n; j++) {
            balanceTerm[j] = balanceNext[j];
            balance[j] += balanceNext[j];
        }
    }

    private void gainTerms(Coefficients c, double factor, double shiftTerm) {
        if (!c.hasInput) {
            return;
        }
        Arrays.fill(gainNext, 0);
        Matrices.timesVectorAdd(n, shifted, gainTerm, gainNext);
        for (int i = 0; i < n; i++) {
            gainTerm[i] = factor * (gainNext[i] + shiftTerm * c.input[i]);
            gain[i] += gainTerm[i];
        }
    }

    /** From a time to twice the time. */
    private void square(int directions) {
        for (int d = 0; d < directions; d++) {
            System.arraycopy(gainAlong[d], 0, gainNext, 0, n);
            Matrices.timesVectorAdd(n, power, gainAlong[d], gainNext);
            Matrices.timesVectorAdd(n, along[d], gain, gainNext);
            System.arraycopy(gainNext, 0, gainAlong[d], 0, n);
            Matrices.multiply(n, along[d], power, alongNext, cancellation);
            Matrices.multiplyAdd(n, power, along[d], alongNext, cancellation);
            System.arraycopy(alongNext, 0, along[d], 0, n * n);
        }
        System.arraycopy(gain, 0, gainNext, 0, n);
        Matrices.timesVectorAdd(n, power, gain, gainNext);
        System.arraycopy(gainNext, 0, gain, 0, n);
        for (int j = 0; j < n; j++) {
            double sum = balance[j];
            for (int i = 0; i < n; i++) {
                sum += balance[i] * power[i * n + j];
            }
            balanceNext[j] = sum;
        }
        System.arraycopy(balanceNext, 0, balance, 0, n);
        Matrices.multiply(n, power, power, next, cancellation);
        double[] done = power;
        power = next;
        next = done;
    }

    /** Gives each column the sum that it has by its balance. */
    private void fitColumns() {
        for (int j = 0; j < n; j++) {
            double rest = balance[j] - outside(j);
            if (rest >= -0.5 && Math.abs(balance[j]) <= 0.5) {
                power[j * n + j] = 1 + rest;
            } else if (balance[j] >= -0.5 && balance[j] <= 1) {
                double factor = (1 + balance[j]) / (outside(j) + power[j * n + j]);
                for (int i = 0; i < n; i++) {
                    power[i * n + j] *= factor;
                }
            }
        }
    }

    /** Diagonal entry of exp(A t) - I, from the balance where that has more digits. */
    private double loss(int j) {
        double rest = balance[j] - outside(j);
        return rest >= -0.5 && Math.abs(balance[j]) <= 0.5 ? rest : power[j * n + j] - 1;
    }

    private double outside(int j) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += i == j ? 0 : power[i * n + j];
        }
        return sum;
    }

    private static void scale(double[] values, double factor) {
        for (int e = 0; e < values.length; e++) {
            values[e] *= factor;
        }
    }
}
