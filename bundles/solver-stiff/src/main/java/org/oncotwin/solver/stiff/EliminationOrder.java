package org.oncotwin.solver.stiff;

import java.util.BitSet;
import org.oncotwin.api.solver.SparsityPattern;

/**
 * An order in which to eliminate the unknowns of a sparse matrix so that few entries fill: always the unknown with the fewest neighbours left, of equals the first
 * (minimum degree: Tinney and Walker, Proc. IEEE 55 (1967) 1801-1809), on the pattern of the matrix and its transpose together.
 *
 * @param columns the order
 * @param multiplications how many multiplications the elimination takes if all pivots lie on the diagonal
 */
record EliminationOrder(int[] columns, double multiplications) {

    static EliminationOrder of(SparsityPattern pattern) {
        int n = pattern.dimension();
        BitSet[] neighbours = neighbours(pattern);
        BitSet left = new BitSet(n);
        left.set(0, n);
        int[] columns = new int[n];
        double multiplications = 0;
        for (int k = 0; k < n; k++) {
            int next = fewestNeighbours(left, neighbours);
            BitSet around = neighbours[next];
            double degree = around.cardinality();
            multiplications += degree * (degree + 1);
            left.clear(next);
            for (int i = around.nextSetBit(0); i >= 0; i = around.nextSetBit(i + 1)) {
                neighbours[i].or(around);
                neighbours[i].clear(i);
                neighbours[i].clear(next);
            }
            columns[k] = next;
        }
        return new EliminationOrder(columns, multiplications);
    }

    private static BitSet[] neighbours(SparsityPattern pattern) {
        int n = pattern.dimension();
        BitSet[] neighbours = new BitSet[n];
        for (int i = 0; i < n; i++) {
            neighbours[i] = new BitSet(n);
        }
        for (int column = 0; column < n; column++) {
            for (int entry = pattern.start(column); entry < pattern.start(column + 1); entry++) {
                int row = pattern.row(entry);
                if (row != column) {
                    neighbours[row].set(column);
                    neighbours[column].set(row);
                }
            }
        }
        return neighbours;
    }

    private static int fewestNeighbours(BitSet left, BitSet[] neighbours) {
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        for (int i = left.nextSetBit(0); i >= 0 && fewest > 0; i = left.nextSetBit(i + 1)) {
            int degree = neighbours[i].cardinality();
            if (degree < fewest) {
                fewest = degree;
                best = i;
            }
        }
        return best;
    }

    @Override
    public int[] columns() {
        return columns.clone();
    }
}
