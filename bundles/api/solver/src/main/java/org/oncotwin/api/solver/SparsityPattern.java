package org.oncotwin.api.solver;

import java.util.Arrays;

/** Which entries of a square matrix may differ from 0, column by column and downwards in each. Immutable. */
public final class SparsityPattern {

    private final int dimension;
    private final int[] starts;
    private final int[] rows;

    private SparsityPattern(int dimension, int[] starts, int[] rows) {
        this.dimension = dimension;
        this.starts = starts;
        this.rows = rows;
    }

    /** All entries: {@code entries[column * dimension + row]}. */
    public static SparsityPattern full(int dimension) {
        int[] starts = new int[dimension + 1];
        int[] rows = new int[dimension * dimension];
        for (int column = 0; column < dimension; column++) {
            starts[column + 1] = (column + 1) * dimension;
            for (int row = 0; row < dimension; row++) {
                rows[column * dimension + row] = row;
            }
        }
        return new SparsityPattern(dimension, starts, rows);
    }

    /**
     * The entries that are listed.
     *
     * @param rowsOfColumns for each column the rows, rising
     * @throws IllegalArgumentException if rows do not rise or are no rows of the matrix
     */
    public static SparsityPattern ofColumns(int[][] rowsOfColumns) {
        int dimension = rowsOfColumns.length;
        int[] starts = new int[dimension + 1];
        for (int column = 0; column < dimension; column++) {
            starts[column + 1] = starts[column] + rowsOfColumns[column].length;
        }
        int[] rows = new int[starts[dimension]];
        for (int column = 0; column < dimension; column++) {
            int last = -1;
            for (int n = 0; n < rowsOfColumns[column].length; n++) {
                int row = rowsOfColumns[column][n];
                if (row <= last || row >= dimension) {
                    throw new IllegalArgumentException("rows of column " + column + " must rise from 0 to at most "
                            + (dimension - 1) + ", not " + Arrays.toString(rowsOfColumns[column]));
                }
                rows[starts[column] + n] = row;
                last = row;
            }
        }
        return new SparsityPattern(dimension, starts, rows);
    }

    /** Number of rows and of columns. */
    public int dimension() {
        return dimension;
    }

    /** Number of entries that may differ from 0. */
    public int entries() {
        return rows.length;
    }

    /** Number of the first entry of a column; of {@link #dimension()}, the number of entries. */
    public int start(int column) {
        return starts[column];
    }

    /** Row of an entry. */
    public int row(int entry) {
        return rows[entry];
    }

    /** True if every entry may differ from 0. */
    public boolean isFull() {
        return rows.length == dimension * dimension;
    }
}
