package org.oncotwin.solver.grid;

import java.util.Arrays;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;

/**
 * u on a domain, one array per row. Rows outside the domain share one array of zeros. C2 of JDK 17 makes vector code of a loop only if all arrays are read and written at
 * one index (SuperWord refuses other offsets and other loop invariants), which is why the neighbours of a row are arrays of their own.
 */
final class Density {

    final double[][] rows;
    private final Domain domain;

    Density(Domain domain) {
        this.domain = domain;
        this.rows = new double[domain.rows][];
        double[] zeros = new double[domain.width];
        Arrays.fill(rows, zeros);
    }

    /** Makes the rows of some planes, all 0. */
    void allocate(int firstPlane, int endPlane) {
        for (int k = firstPlane; k < endPlane; k++) {
            for (int j = 0; j < domain.ny; j++) {
                int row = domain.row(j, k);
                if (!domain.isEmpty(row)) {
                    rows[row] = new double[domain.width];
                }
            }
        }
    }

    /**
     * Fills some planes from a field.
     *
     * @return the largest value
     * @throws SolverException naming the first voxel that is negative or not finite
     */
    double load(Field field, int firstPlane, int endPlane, double day) {
        double largest = 0;
        for (int k = firstPlane; k < endPlane; k++) {
            for (int j = 0; j < domain.ny; j++) {
                int row = domain.row(j, k);
                double[] target = rows[row];
                int index = domain.gridIndex(row);
                int start = row * domain.width;
                for (int i = domain.from[row]; i < domain.to[row]; i++) {
                    if (domain.classes[start + i] != 0) {
                        double value = field.value(index + i);
                        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
                            throw refusal(index + i, value, day, "the initial density");
                        }
                        target[i] = value;
                        largest = Math.max(largest, value);
                    }
                }
            }
        }
        return largest;
    }

    /**
     * Writes some planes into an array in the order of the grid.
     *
     * @throws SolverException naming the first voxel that is negative or not finite
     */
    void store(double[] target, int firstPlane, int endPlane, double day) {
        for (int k = firstPlane; k < endPlane; k++) {
            for (int j = 0; j < domain.ny; j++) {
                int row = domain.row(j, k);
                double[] values = rows[row];
                int index = domain.gridIndex(row);
                int start = row * domain.width;
                for (int i = domain.from[row]; i < domain.to[row]; i++) {
                    double value = values[i];
                    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
                        throw refusal(index + i, value, day, "the density");
                    }
                    // Gaps within a row hold 0 but may not be -0.
                    target[index + i] = domain.classes[start + i] == 0 ? 0 : value;
                }
            }
        }
    }

    private SolverException refusal(int index, double value, double day, String what) {
        return new SolverException("on day " + day + " " + what + " is " + value + " at voxel " + domain.place(index)
                + "; it must be finite and not negative");
    }
}
