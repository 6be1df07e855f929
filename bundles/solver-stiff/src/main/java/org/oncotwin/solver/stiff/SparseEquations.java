package org.oncotwin.solver.stiff;

import java.util.Arrays;
import org.oncotwin.api.solver.SparsityPattern;

/**
 * Elimination of a sparse matrix column by column (Gilbert and Peierls, SIAM J. Sci. Stat. Comput. 9 (1988) 862-874), in an order that keeps the factors sparse, with
 * pivots on the diagonal unless they are small there. The pivots and the pattern of the factors of one matrix serve the next ones as long as the pivots stay large enough
 * (Davis and Palamadai Natarajan, ACM Trans. Math. Softw. 37 (2010) 36): then no memory is taken and nothing is searched.
 *
 * <p>The pivot of a column lies in a row of the same block of the matrix ({@link Blocks}). A row of another block would bring its right-hand side into a block that does not
 * depend on it; what should cancel again would leave a rounding error in unknowns that are exactly 0.
 */
final class SparseEquations implements LinearEquations {

    /** A pivot on the diagonal is taken if it is at least this part of the largest in its column. */
    private static final double DIAGONAL_PREFERENCE = 0.1;

    /** Pivots of an earlier matrix are kept while they are at least this part of the largest in their column. */
    private static final double KEPT_PIVOT = 1e-3;

    private final int n;
    private final int[] order;

    /** The matrix, column by column with its diagonal: rows and, for each entry, where J has it, or -1. */
    private final int[] starts;

    private final int[] rows;
    private final int[] sources;

    private final int[] lowerStarts;
    private int[] lowerRows;
    private double[] lower;
    private final int[] upperStarts;
    /** Steps of the elimination that an entry of the upper factor belongs to, each column in an order in which they can be computed. */
    private int[] upperSteps;

    private double[] upper;
    private final double[] diagonal;
    /** Row that was the pivot of a step. */
    private final int[] pivotRows;
    /** Step in which a row was the pivot, or -1. */
    private final int[] stepOfRow;

    private final Blocks blocks;
    private boolean known;

    private final double[] column;
    private final double[] solved;
    private final int[] reached;
    private final int[] stack;
    private final int[] position;
    private final int[] mark;
    private int stamp;

    SparseEquations(SparsityPattern pattern, int[] order) {
        this.n = pattern.dimension();
        this.order = order;
        this.starts = new int[n + 1];
        int[] rowsOfAll = new int[pattern.entries() + n];
        int[] sourcesOfAll = new int[pattern.entries() + n];
        int count = 0;
        for (int j = 0; j < n; j++) {
            boolean hasDiagonal = false;
            for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                rowsOfAll[count] = pattern.row(entry);
                sourcesOfAll[count] = entry;
                hasDiagonal |= pattern.row(entry) == j;
                count++;
            }
            if (!hasDiagonal) {
                rowsOfAll[count] = j;
                sourcesOfAll[count] = -1;
                count++;
            }
            starts[j + 1] = count;
        }
        this.rows = Arrays.copyOf(rowsOfAll, count);
        this.sources = Arrays.copyOf(sourcesOfAll, count);
        this.blocks = new Blocks(n, starts, rows);
        this.lowerStarts = new int[n + 1];
        this.lowerRows = new int[4 * count + n];
        this.lower = new double[4 * count + n];
        this.upperStarts = new int[n + 1];
        this.upperSteps = new int[4 * count + n];
        this.upper = new double[4 * count + n];
        this.diagonal = new double[n];
        this.pivotRows = new int[n];
        this.stepOfRow = new int[n];
        this.column = new double[n];
        this.solved = new double[n];
        this.reached = new int[n];
        this.stack = new int[n];
        this.position = new int[n];
        this.mark = new int[n];
    }

    @Override
    public void startAnew() {
        known = false;
    }

    @Override
    public boolean factor(double shift, double[] jacobian) {
        blocks.find(sources, jacobian);
        if (known && pivotsLieInBlocks() && factorAsBefore(shift, jacobian)) {
            return true;
        }
        known = factorSearching(shift, jacobian);
        return known;
    }

    private boolean pivotsLieInBlocks() {
        for (int k = 0; k < n; k++) {
            if (!blocks.same(pivotRows[k], order[k])) {
                return false;
            }
        }
        return true;
    }

    private void scatter(int j, double shift, double[] jacobian) {
        for (int entry = starts[j]; entry < starts[j + 1]; entry++) {
            double value = sources[entry] < 0 ? 0 : -jacobian[sources[entry]];
            column[rows[entry]] = rows[entry] == j ? shift + value : value;
        }
    }

    private boolean factorAsBefore(double shift, double[] jacobian) {
        for (int k = 0; k < n; k++) {
            scatter(order[k], shift, jacobian);
            for (int at = upperStarts[k]; at < upperStarts[k + 1]; at++) {
                int step = upperSteps[at];
                double value = column[pivotRows[step]];
                column[pivotRows[step]] = 0;
                upper[at] = value;
                subtract(step, value);
            }
            double pivot = column[pivotRows[k]];
            column[pivotRows[k]] = 0;
            double most = Math.abs(pivot);
            boolean finite = Double.isFinite(pivot);
            for (int at = lowerStarts[k]; at < lowerStarts[k + 1]; at++) {
                double size = Math.abs(column[lowerRows[at]]);
                finite &= Double.isFinite(size);
                if (blocks.same(lowerRows[at], order[k])) {
                    most = Math.max(most, size);
                }
            }
            boolean good = Math.abs(pivot) >= KEPT_PIVOT * most && pivot != 0 && finite;
            diagonal[k] = pivot;
            for (int at = lowerStarts[k]; at < lowerStarts[k + 1]; at++) {
                lower[at] = column[lowerRows[at]] / pivot;
                column[lowerRows[at]] = 0;
            }
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private void subtract(int step, double value) {
        for (int at = lowerStarts[step]; at < lowerStarts[step + 1]; at++) {
            column[lowerRows[at]] -= lower[at] * value;
        }
    }

    private boolean factorSearching(double shift, double[] jacobian) {
        Arrays.fill(stepOfRow, -1);
        int lowerCount = 0;
        int upperCount = 0;
        for (int k = 0; k < n; k++) {
            makeRoom(lowerCount + n, upperCount + n);
            int top = reach(order[k]);
            for (int at = top; at < n; at++) {
                column[reached[at]] = 0;
            }
            scatter(order[k], shift, jacobian);
            int pivotRow = -1;
            double most = 0;
            boolean finite = true;
            for (int at = top; at < n; at++) {
                int row = reached[at];
                int step = stepOfRow[row];
                double value = column[row];
                if (step >= 0) {
                    upperSteps[upperCount] = step;
                    upper[upperCount] = value;
                    upperCount++;
                    subtract(step, value);
                }
            }
            for (int at = top; at < n; at++) {
                int row = reached[at];
                finite &= Double.isFinite(column[row]);
                if (stepOfRow[row] < 0 && blocks.same(row, order[k]) && Math.abs(column[row]) > most) {
                    most = Math.abs(column[row]);
                    pivotRow = row;
                }
            }
            if (pivotRow < 0 || !finite) {
                Arrays.fill(column, 0);
                return false;
            }
            int onDiagonal = order[k];
            if (stepOfRow[onDiagonal] < 0 && Math.abs(column[onDiagonal]) >= DIAGONAL_PREFERENCE * most) {
                pivotRow = onDiagonal;
            }
            double pivot = column[pivotRow];
            diagonal[k] = pivot;
            pivotRows[k] = pivotRow;
            stepOfRow[pivotRow] = k;
            for (int at = top; at < n; at++) {
                int row = reached[at];
                if (stepOfRow[row] < 0) {
                    lowerRows[lowerCount] = row;
                    lower[lowerCount] = column[row] / pivot;
                    lowerCount++;
                }
                column[row] = 0;
            }
            lowerStarts[k + 1] = lowerCount;
            upperStarts[k + 1] = upperCount;
        }
        return true;
    }

    private void makeRoom(int lowerSize, int upperSize) {
        if (lowerSize > lower.length) {
            lower = Arrays.copyOf(lower, 2 * lowerSize);
            lowerRows = Arrays.copyOf(lowerRows, 2 * lowerSize);
        }
        if (upperSize > upper.length) {
            upper = Arrays.copyOf(upper, 2 * upperSize);
            upperSteps = Arrays.copyOf(upperSteps, 2 * upperSize);
        }
    }

    /** Rows that elimination fills in a column, from the place returned to the end of {@link #reached}, each before those that it changes. */
    private int reach(int j) {
        stamp++;
        int top = n;
        for (int entry = starts[j]; entry < starts[j + 1]; entry++) {
            if (mark[rows[entry]] != stamp) {
                top = follow(rows[entry], top);
            }
        }
        return top;
    }

    private int follow(int from, int end) {
        int top = end;
        int depth = 0;
        stack[0] = from;
        mark[from] = stamp;
        position[0] = firstBelow(from);
        while (depth >= 0) {
            int row = stack[depth];
            int step = stepOfRow[row];
            int last = step < 0 ? 0 : lowerStarts[step + 1];
            int at = position[depth];
            while (at < last && mark[lowerRows[at]] == stamp) {
                at++;
            }
            if (at < last) {
                position[depth] = at + 1;
                depth++;
                stack[depth] = lowerRows[at];
                mark[lowerRows[at]] = stamp;
                position[depth] = firstBelow(lowerRows[at]);
            } else {
                top--;
                reached[top] = row;
                depth--;
            }
        }
        return top;
    }

    private int firstBelow(int row) {
        return stepOfRow[row] < 0 ? 0 : lowerStarts[stepOfRow[row]];
    }

    @Override
    public void solve(double[] vector) {
        for (int k = 0; k < n; k++) {
            double value = vector[pivotRows[k]];
            solved[k] = value;
            if (value != 0) {
                for (int at = lowerStarts[k]; at < lowerStarts[k + 1]; at++) {
                    vector[lowerRows[at]] -= lower[at] * value;
                }
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            double value = solved[k] / diagonal[k];
            solved[k] = value;
            for (int at = upperStarts[k]; at < upperStarts[k + 1]; at++) {
                solved[upperSteps[at]] -= upper[at] * value;
            }
        }
        for (int k = 0; k < n; k++) {
            vector[order[k]] = solved[k];
        }
    }
}
