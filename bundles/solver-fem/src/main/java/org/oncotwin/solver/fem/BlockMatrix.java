package org.oncotwin.solver.fem;

import java.util.Arrays;

/** A symmetric matrix of 3 x 3 blocks, one for each pair of nodes that share a tetrahedron, row by row (block CSR; both halves are kept). */
final class BlockMatrix {

    final int nodes;
    /** First block of each row; at the end the number of blocks. */
    private final int[] starts;

    private final int[] columns;
    private final double[] values;
    private final int[] diagonal;
    /** Block of each pair of corners of each tetrahedron. */
    private final int[] places;

    BlockMatrix(Body body) {
        nodes = body.nodes;
        int[][] neighbours = neighbours(body);
        starts = new int[nodes + 1];
        for (int node = 0; node < nodes; node++) {
            starts[node + 1] = starts[node] + neighbours[node].length;
        }
        columns = new int[starts[nodes]];
        diagonal = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            System.arraycopy(neighbours[node], 0, columns, starts[node], neighbours[node].length);
            diagonal[node] = place(node, node);
        }
        values = new double[Math.multiplyExact(9, starts[nodes])];
        places = new int[Math.multiplyExact(16, body.tetrahedra)];
        for (int t = 0; t < body.tetrahedra; t++) {
            for (int pair = 0; pair < 16; pair++) {
                places[16 * t + pair] = place(body.corners[4 * t + pair / 4], body.corners[4 * t + pair % 4]);
            }
        }
    }

    /** Nodes that share a tetrahedron with each node, itself among them, ascending. */
    private static int[][] neighbours(Body body) {
        int[] counts = new int[body.nodes];
        for (int corner : body.corners) {
            counts[corner] += 4;
        }
        int[][] found = new int[body.nodes][];
        for (int node = 0; node < found.length; node++) {
            found[node] = new int[counts[node]];
        }
        Arrays.fill(counts, 0);
        for (int n = 0; n < body.corners.length; n++) {
            int node = body.corners[n];
            System.arraycopy(body.corners, n - n % 4, found[node], counts[node], 4);
            counts[node] += 4;
        }
        for (int node = 0; node < found.length; node++) {
            int[] all = found[node];
            Arrays.sort(all);
            int different = 0;
            for (int n = 0; n < all.length; n++) {
                if (n == 0 || all[n] != all[n - 1]) {
                    all[different] = all[n];
                    different++;
                }
            }
            found[node] = Arrays.copyOf(all, different);
        }
        return found;
    }

    private int place(int row, int column) {
        return Arrays.binarySearch(columns, starts[row], starts[row + 1], column);
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    /** Adds the stiffness of a tetrahedron, 9 numbers for each pair of corners. */
    void add(int tetrahedron, double[] stiffness) {
        for (int pair = 0; pair < 16; pair++) {
            int to = 9 * places[16 * tetrahedron + pair];
            for (int n = 0; n < 9; n++) {
                values[to + n] += stiffness[9 * pair + n];
            }
        }
    }

    /** Adds to an entry of the block of a node with itself. */
    void add(int node, int row, int column, double value) {
        values[9 * diagonal[node] + 3 * row + column] += value;
    }

    /** An entry of the block of a node with itself. */
    double entry(int node, int row, int column) {
        return values[9 * diagonal[node] + 3 * row + column];
    }

    /** y = A x. */
    void multiply(double[] x, double[] y) {
        for (int row = 0; row < nodes; row++) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            for (int block = starts[row]; block < starts[row + 1]; block++) {
                int column = 3 * columns[block];
                int v = 9 * block;
                double x0 = x[column];
                double x1 = x[column + 1];
                double x2 = x[column + 2];
                sum0 += values[v] * x0 + values[v + 1] * x1 + values[v + 2] * x2;
                sum1 += values[v + 3] * x0 + values[v + 4] * x1 + values[v + 5] * x2;
                sum2 += values[v + 6] * x0 + values[v + 7] * x1 + values[v + 8] * x2;
            }
            y[3 * row] = sum0;
            y[3 * row + 1] = sum1;
            y[3 * row + 2] = sum2;
        }
    }
}
