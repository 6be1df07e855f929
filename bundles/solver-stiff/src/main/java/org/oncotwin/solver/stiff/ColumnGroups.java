package org.oncotwin.solver.stiff;

import java.util.Arrays;
import org.oncotwin.api.solver.SparsityPattern;

/**
 * Columns of a Jacobian that share no row and so can be found by one difference: every column in turn goes to the first group that it fits (Curtis, Powell and Reid, IMA
 * J. Appl. Math. 13 (1974) 117-119).
 *
 * @param count number of groups
 * @param groupOf group of each column
 */
record ColumnGroups(int count, int[] groupOf) {

    static ColumnGroups of(SparsityPattern pattern) {
        int n = pattern.dimension();
        int[] groupOf = new int[n];
        if (pattern.isFull()) {
            Arrays.setAll(groupOf, j -> j);
            return new ColumnGroups(n, groupOf);
        }
        int[][] columnsOfRows = columnsOfRows(pattern);
        int[] takenFor = new int[n + 1];
        Arrays.fill(takenFor, -1);
        Arrays.fill(groupOf, -1);
        int count = 0;
        for (int j = 0; j < n; j++) {
            for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                for (int other : columnsOfRows[pattern.row(entry)]) {
                    if (groupOf[other] >= 0) {
                        takenFor[groupOf[other]] = j;
                    }
                }
            }
            int group = 0;
            while (takenFor[group] == j) {
                group++;
            }
            groupOf[j] = group;
            count = Math.max(count, group + 1);
        }
        return new ColumnGroups(count, groupOf);
    }

    private static int[][] columnsOfRows(SparsityPattern pattern) {
        int n = pattern.dimension();
        int[] counts = new int[n];
        for (int entry = 0; entry < pattern.entries(); entry++) {
            counts[pattern.row(entry)]++;
        }
        int[][] columns = new int[n][];
        for (int i = 0; i < n; i++) {
            columns[i] = new int[counts[i]];
        }
        Arrays.fill(counts, 0);
        for (int j = 0; j < n; j++) {
            for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                int row = pattern.row(entry);
                columns[row][counts[row]] = j;
                counts[row]++;
            }
        }
        return columns;
    }
}
