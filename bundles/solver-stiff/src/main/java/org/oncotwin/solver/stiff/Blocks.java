package org.oncotwin.solver.stiff;

import java.util.Arrays;

/**
 * The blocks on the diagonal to which a matrix with a full diagonal can be permuted so that it is triangular by blocks: unknowns that depend on each other both ways, the
 * strongly connected components of its graph (Tarjan, SIAM J. Comput. 1 (1972) 146-160). Entries of the pattern that are 0 do not connect. Takes no memory once made.
 */
final class Blocks {

    private final int n;
    private final int[] starts;
    private final int[] rows;
    private final int[] blockOf;
    private final int[] found;
    private final int[] lowest;
    private final int[] position;
    private final int[] path;
    private final int[] open;
    private int[] sources;
    private double[] values;
    private int openCount;
    private int foundCount;
    private int count;

    /**
     * For a pattern.
     *
     * @param starts where each column starts in {@code rows}, and the end
     * @param rows the rows of the entries
     */
    Blocks(int n, int[] starts, int[] rows) {
        this.n = n;
        this.starts = starts;
        this.rows = rows;
        this.blockOf = new int[n];
        this.found = new int[n];
        this.lowest = new int[n];
        this.position = new int[n];
        this.path = new int[n];
        this.open = new int[n];
    }

    /**
     * Finds the blocks.
     *
     * @param sourcesOfEntries where {@code matrix} has each entry, or -1 for one that is on the diagonal only
     */
    void find(int[] sourcesOfEntries, double[] matrix) {
        sources = sourcesOfEntries;
        values = matrix;
        Arrays.fill(blockOf, -1);
        Arrays.fill(found, -1);
        openCount = 0;
        foundCount = 0;
        count = 0;
        for (int root = 0; root < n; root++) {
            if (found[root] < 0) {
                follow(root);
            }
        }
    }

    /** True if two unknowns are in one block. */
    boolean same(int one, int other) {
        return blockOf[one] == blockOf[other];
    }

    private void follow(int root) {
        int depth = 0;
        enter(root, 0);
        while (depth >= 0) {
            int at = path[depth];
            if (position[at] < starts[at + 1]) {
                int entry = position[at];
                position[at]++;
                int next = rows[entry];
                if (sources[entry] >= 0 && values[sources[entry]] != 0) {
                    if (found[next] < 0) {
                        depth++;
                        enter(next, depth);
                    } else if (blockOf[next] < 0) {
                        lowest[at] = Math.min(lowest[at], found[next]);
                    }
                }
            } else {
                if (lowest[at] == found[at]) {
                    close(at);
                }
                depth--;
                if (depth >= 0) {
                    lowest[path[depth]] = Math.min(lowest[path[depth]], lowest[at]);
                }
            }
        }
    }

    private void enter(int unknown, int depth) {
        found[unknown] = foundCount;
        lowest[unknown] = foundCount;
        foundCount++;
        position[unknown] = starts[unknown];
        path[depth] = unknown;
        open[openCount] = unknown;
        openCount++;
    }

    private void close(int first) {
        int unknown;
        do {
            openCount--;
            unknown = open[openCount];
            blockOf[unknown] = count;
        } while (unknown != first);
        count++;
    }
}
