package org.oncotwin.solver.stiff;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.oncotwin.api.solver.OdeTolerance;

/**
 * Keeps components that are never negative from becoming so, without changing the sums that the equations keep, such as a total mass. What a step takes a component below 0
 * by, no more than the allowed error, is given to it and taken from the other components of the sums that it belongs to, in proportion to their size.
 *
 * <p>The sums c with c f = 0 are found, once per segment, from f at states near the initial one: the null space of the matrix of these vectors, its entries rounded to
 * quotients of small whole numbers if they are near, and each tried on all the vectors. One that f does not keep later is let go.
 */
final class ConservedSums {

    /** A sum of f is 0 if it is at most this many rounding errors of its terms. */
    private static final double ROUNDING = 64 * 2.220446049250313e-16;

    /** Pivots below this part of the largest number of the matrix are rounding errors. */
    private static final double RANK = 1e-11;

    private static final int LARGEST_DENOMINATOR = 12;

    /** How near to a quotient of whole numbers a coefficient must be to be rounded: equations of very different speed leave few digits. */
    private static final double NEAR_QUOTIENT = 1e-3;

    /** Larger systems are only searched for the sum of all components, because the search costs the cube of the number of equations. */
    private static final int MOST_EQUATIONS = 200;

    /** Fractional part of the golden ratio, whose multiples spread evenly. */
    private static final double SPREAD = 0.6180339887498949;

    private static final int MOST_ROUNDS = 4;

    private final int n;
    private final Equations equations;
    private final boolean[] nonNegative;
    private final boolean wanted;

    private int count;
    private final double[][] sums;
    private final double[] targets;
    private final double[] sizes;
    private final double[] before;
    private final double[][] normal;
    private final double[] right;

    ConservedSums(Equations equations, int dimension, List<Integer> components) {
        this.n = dimension;
        this.equations = equations;
        this.wanted = !components.isEmpty();
        this.nonNegative = new boolean[n];
        for (int component : components) {
            nonNegative[component] = true;
        }
        int most = !wanted ? 0 : n > MOST_EQUATIONS ? 1 : n;
        this.sums = new double[most][n];
        this.targets = new double[most];
        this.sizes = new double[n];
        this.before = new double[n];
        this.normal = new double[most][most];
        this.right = new double[most];
    }

    boolean isWanted() {
        return wanted;
    }

    /** A copy with memory of its own, which later segments do not change. */
    ConservedSums copy() {
        return new ConservedSums(this);
    }

    private ConservedSums(ConservedSums other) {
        this.n = other.n;
        this.equations = other.equations;
        this.wanted = other.wanted;
        this.nonNegative = other.nonNegative;
        this.count = other.count;
        this.sums = new double[count][];
        for (int q = 0; q < count; q++) {
            sums[q] = other.sums[q].clone();
        }
        this.targets = Arrays.copyOf(other.targets, count);
        this.sizes = new double[n];
        this.before = new double[n];
        this.normal = new double[count][count];
        this.right = new double[count];
    }

    /** Begins a segment: finds the sums. */
    void segment(double[] state, double days) {
        count = 0;
        if (!wanted) {
            return;
        }
        if (n > MOST_EQUATIONS) {
            double[][] vectors = sample(state, days, 4);
            Arrays.fill(sums[0], 1);
            count = vectors.length == 4 && keptByAll(sums[0], vectors) ? 1 : 0;
            return;
        }
        double[][] vectors = sample(state, days, n + 4);
        if (vectors.length > n) {
            find(vectors);
        }
    }

    /** The values of the sums that shall stay: those of a state. */
    void keep(double[] state) {
        for (int q = 0; q < count; q++) {
            targets[q] = sum(sums[q], state);
        }
    }

    private static double sum(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }

    /** f at states around one, at times within the segment, as far as the equations accept them. */
    private double[][] sample(double[] state, double days, int wantedVectors) {
        double largest = 0;
        for (double value : state) {
            largest = Math.max(largest, Math.abs(value));
        }
        double size = largest == 0 ? 1 : largest;
        double[][] vectors = new double[wantedVectors][n];
        double[] moved = new double[n];
        int found = 0;
        for (int s = 0; s < wantedVectors; s++) {
            for (int i = 0; i < n; i++) {
                double spread = fraction((s * (double) n + i + 1) * SPREAD);
                moved[i] = state[i] == 0 ? size * (0.01 + 0.1 * spread) : state[i] * (0.7 + 0.6 * spread);
            }
            if (evaluate(fraction((s + 1) * SPREAD) * days, moved, vectors[found])) {
                found++;
            }
        }
        equations.forgetFault();
        return Arrays.copyOf(vectors, found);
    }

    private static double fraction(double value) {
        return value - Math.floor(value);
    }

    private boolean evaluate(double sinceStart, double[] state, double[] derivatives) {
        try {
            return equations.derivatives(sinceStart, state, derivatives);
        } catch (CancellationException e) {
            throw e;
        } catch (ArithmeticException | IllegalArgumentException | IllegalStateException e) {
            // The solution never comes to this state: equations that refuse it are right.
            return false;
        }
    }

    /** Null space of the vectors, by elimination with the largest pivot of all. */
    private void find(double[][] vectors) {
        double[] columnSizes = new double[n];
        for (double[] vector : vectors) {
            for (int i = 0; i < n; i++) {
                columnSizes[i] = Math.max(columnSizes[i], Math.abs(vector[i]));
            }
        }
        double[][] rows = new double[vectors.length][n];
        for (int s = 0; s < vectors.length; s++) {
            for (int i = 0; i < n; i++) {
                rows[s][i] = columnSizes[i] == 0 ? 0 : vectors[s][i] / columnSizes[i];
            }
        }
        int[] pivotColumns = new int[n];
        boolean[] isPivot = new boolean[n];
        int rank = eliminate(rows, pivotColumns, isPivot);
        for (int free = 0; free < n; free++) {
            // A component that never changes is a sum by itself, and needs no keeping.
            if (!isPivot[free] && columnSizes[free] > 0) {
                double[] sum = sums[count];
                Arrays.fill(sum, 0);
                sum[free] = 1;
                for (int r = 0; r < rank; r++) {
                    sum[pivotColumns[r]] = -rows[r][free] * columnSizes[free] / columnSizes[pivotColumns[r]];
                }
                double[] rounded = sum.clone();
                if (roundToQuotients(rounded) && keptByAll(rounded, vectors)) {
                    System.arraycopy(rounded, 0, sum, 0, n);
                    count++;
                } else if (keptByAll(sum, vectors)) {
                    count++;
                }
            }
        }
    }

    private static int eliminate(double[][] rows, int[] pivotColumns, boolean[] isPivot) {
        int n = isPivot.length;
        int rank = 0;
        while (rank < Math.min(n, rows.length)) {
            int pivotRow = -1;
            int pivotColumn = -1;
            double most = RANK;
            for (int r = rank; r < rows.length; r++) {
                for (int j = 0; j < n; j++) {
                    if (!isPivot[j] && Math.abs(rows[r][j]) > most) {
                        most = Math.abs(rows[r][j]);
                        pivotRow = r;
                        pivotColumn = j;
                    }
                }
            }
            if (pivotRow < 0) {
                return rank;
            }
            double[] row = rows[pivotRow];
            rows[pivotRow] = rows[rank];
            rows[rank] = row;
            double pivot = row[pivotColumn];
            for (int j = 0; j < n; j++) {
                row[j] /= pivot;
            }
            for (int r = 0; r < rows.length; r++) {
                double factor = rows[r][pivotColumn];
                if (r != rank && factor != 0) {
                    for (int j = 0; j < n; j++) {
                        rows[r][j] -= factor * row[j];
                    }
                }
            }
            pivotColumns[rank] = pivotColumn;
            isPivot[pivotColumn] = true;
            rank++;
        }
        return rank;
    }

    /** Rounds all coefficients to quotients of small whole numbers if all are near to such. */
    private static boolean roundToQuotients(double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            double rounded = quotient(sum[i]);
            if (Math.abs(rounded - sum[i]) > NEAR_QUOTIENT * Math.max(Math.abs(rounded), NEAR_QUOTIENT)) {
                return false;
            }
            sum[i] = rounded;
        }
        return true;
    }

    private static double quotient(double value) {
        double best = Math.rint(value);
        for (int q = 2; q <= LARGEST_DENOMINATOR; q++) {
            double candidate = Math.rint(value * q) / q;
            // A larger denominator must be much nearer, or everything would be near to some quotient.
            if (Math.abs(candidate - value) < 0.01 * Math.abs(best - value)) {
                best = candidate;
            }
        }
        return best;
    }

    private boolean keptByAll(double[] sum, double[][] vectors) {
        for (double[] vector : vectors) {
            double total = 0;
            double terms = 0;
            for (int i = 0; i < n; i++) {
                total += sum[i] * vector[i];
                terms += Math.abs(sum[i] * vector[i]);
            }
            if (!(Math.abs(total) <= ROUNDING * terms)) {
                return false;
            }
        }
        return true;
    }

    /** Lets go the sums that f does not keep, here where a step begins. */
    void check(double[] state, double[] slope, double[] jacobian) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < n; i++) {
            sizes[i] = Math.abs(slope[i]);
        }
        equations.addTermSizes(jacobian, state, sizes);
        int kept = 0;
        for (int q = 0; q < count; q++) {
            double terms = 0;
            for (int i = 0; i < n; i++) {
                terms += Math.abs(sums[q][i]) * sizes[i];
            }
            if (Math.abs(sum(sums[q], slope)) <= ROUNDING * terms) {
                double[] other = sums[kept];
                sums[kept] = sums[q];
                sums[q] = other;
                targets[kept] = targets[q];
                kept++;
            }
        }
        count = kept;
    }

    /**
     * Brings a state back to where it belongs.
     *
     * @return the largest change, as a part of the allowed error of its component; infinite if no state was found
     */
    double restore(double[] state, Step step, OdeTolerance tolerance) {
        if (!wanted) {
            return 0;
        }
        System.arraycopy(state, 0, before, 0, n);
        if (!restore(state)) {
            return Double.POSITIVE_INFINITY;
        }
        double most = 0;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, Step.share(state[i] - before[i], step.allowed(i, tolerance)));
        }
        return most;
    }

    /**
     * Brings a state between the ends of a step back to where it belongs; if none is found near it, to the line between the ends.
     *
     * @param part part of the step
     */
    void restoreBetween(double[] state, double part, double[] start, double[] end) {
        if (wanted && !restore(state)) {
            for (int i = 0; i < n; i++) {
                state[i] = (1 - part) * start[i] + part * end[i];
            }
        }
    }

    private boolean restore(double[] state) {
        boolean changed = clip(state);
        for (int round = 0; round < MOST_ROUNDS && (changed || isOff(state)); round++) {
            if (!project(state)) {
                return false;
            }
            changed = clip(state);
        }
        return !changed;
    }

    private boolean clip(double[] state) {
        boolean changed = false;
        for (int i = 0; i < n; i++) {
            if (nonNegative[i] && state[i] < 0) {
                state[i] = 0;
                changed = true;
            }
        }
        return changed;
    }

    private boolean isOff(double[] state) {
        for (int q = 0; q < count; q++) {
            double total = 0;
            double terms = 0;
            for (int i = 0; i < n; i++) {
                total += sums[q][i] * state[i];
                terms += Math.abs(sums[q][i] * state[i]);
            }
            if (Math.abs(total - targets[q]) > ROUNDING * terms) {
                return true;
            }
        }
        return false;
    }

    /** The smallest change, each component measured by its size, after which the sums are right. */
    private boolean project(double[] state) {
        for (int q = 0; q < count; q++) {
            right[q] = sum(sums[q], state) - targets[q];
            for (int r = 0; r <= q; r++) {
                double product = 0;
                for (int i = 0; i < n; i++) {
                    product += sums[q][i] * sums[r][i] * Math.abs(state[i]);
                }
                normal[q][r] = product;
                normal[r][q] = product;
            }
        }
        if (!solveNormal()) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            double change = 0;
            for (int q = 0; q < count; q++) {
                change += sums[q][i] * right[q];
            }
            state[i] -= Math.abs(state[i]) * change;
            if (!Double.isFinite(state[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Elimination without pivoting, which positive definite matrices do not need. Sums of which nothing is left are right as they are, and so are those of which less is left than the smallest number of full precision:
     * divided by it, what a sum is off by becomes larger than any number, and times a component that is 0 no number at all.
     */
    private boolean solveNormal() {
        for (int k = 0; k < count; k++) {
            double pivot = normal[k][k];
            for (int q = k + 1; q < count && pivot >= Double.MIN_NORMAL; q++) {
                double factor = normal[q][k] / pivot;
                for (int r = k; r < count; r++) {
                    normal[q][r] -= factor * normal[k][r];
                }
                right[q] -= factor * right[k];
            }
        }
        for (int k = count - 1; k >= 0; k--) {
            double value = right[k];
            for (int r = k + 1; r < count; r++) {
                value -= normal[k][r] * right[r];
            }
            right[k] = normal[k][k] >= Double.MIN_NORMAL ? value / normal[k][k] : 0;
            if (!Double.isFinite(right[k])) {
                return false;
            }
        }
        return true;
    }
}
