package org.oncotwin.report;

import java.util.function.IntToDoubleFunction;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/**
 * Cuts the three planes through one voxel out of fields on a grid. The affine decides which index runs where: each patient axis takes the index
 * axis that is closest to it, so that R is where the patient's right is, however the file stores its voxels. Planes follow the grid; on an oblique
 * grid they are as oblique as it is. Immutable.
 */
public final class SliceExtractor {

    private static final int[][] PERMUTATIONS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    private final Grid grid;
    private final int[] voxel;
    /** Index axis of each patient axis. */
    private final int[] indexAxis;
    /** True where an index grows against its patient axis. */
    private final boolean[] reversed;

    private SliceExtractor(Grid grid, int[] voxel) {
        this.grid = grid;
        this.voxel = voxel;
        this.indexAxis = closestAxes(grid.affine());
        this.reversed = new boolean[3];
        for (int axis = 0; axis < 3; axis++) {
            reversed[axis] = grid.affine().get(axis, indexAxis[axis]) < 0;
        }
    }

    /**
     * Cuts through a voxel.
     *
     * @throws IllegalArgumentException if it is not on the grid
     */
    public static SliceExtractor through(Grid grid, int i, int j, int k) {
        if (i < 0 || j < 0 || k < 0 || i >= grid.nx() || j >= grid.ny() || k >= grid.nz()) {
            throw new IllegalArgumentException("voxel (" + i + ", " + j + ", " + k + ") is not on " + grid.describe());
        }
        return new SliceExtractor(grid, new int[] {i, j, k});
    }

    /**
     * Cuts through the voxel closest to the centre of burden: the mean of voxel indices weighted by the field. A field without positive values is cut
     * through the middle of the grid.
     */
    public static SliceExtractor throughCentreOf(Field tumour) {
        Grid grid = tumour.grid();
        double total = 0;
        double[] moment = new double[3];
        int index = 0;
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    double value = tumour.value(index++);
                    if (value > 0) {
                        total += value;
                        moment[0] += value * i;
                        moment[1] += value * j;
                        moment[2] += value * k;
                    }
                }
            }
        }
        if (!(total > 0)) {
            return through(grid, grid.nx() / 2, grid.ny() / 2, grid.nz() / 2);
        }
        return through(grid, (int) Math.round(moment[0] / total), (int) Math.round(moment[1] / total), (int)
                Math.round(moment[2] / total));
    }

    /**
     * The three planes of a field.
     *
     * @throws IllegalArgumentException if the field is on another grid
     */
    public Slices extract(Field field) {
        return extract(field.grid(), field::value);
    }

    /**
     * The three planes of labels.
     *
     * @throws IllegalArgumentException if the labels are on another grid
     */
    public Slices extract(LabelField labels) {
        return extract(labels.grid(), labels::label);
    }

    private Slices extract(Grid other, IntToDoubleFunction values) {
        if (!grid.coincidesWith(other)) {
            throw new IllegalArgumentException(
                    "slices are cut on " + grid.describe() + "; the field is on another grid, " + other.describe());
        }
        return new Slices(
                cut(Plane.AXIAL, 0, 1, 2, values),
                cut(Plane.CORONAL, 0, 2, 1, values),
                cut(Plane.SAGITTAL, 1, 2, 0, values));
    }

    /** All planes run against their patient axes: from right to left, from front to back, from head to feet. */
    private Slice cut(Plane plane, int acrossAxis, int downAxis, int normalAxis, IntToDoubleFunction values) {
        int across = indexAxis[acrossAxis];
        int down = indexAxis[downAxis];
        int columns = size(across);
        int rows = size(down);
        double[] cut = new double[columns * rows];
        int[] at = voxel.clone();
        for (int row = 0; row < rows; row++) {
            at[down] = reversed[downAxis] ? row : rows - 1 - row;
            for (int column = 0; column < columns; column++) {
                at[across] = reversed[acrossAxis] ? column : columns - 1 - column;
                cut[column + columns * row] = values.applyAsDouble(grid.index(at[0], at[1], at[2]));
            }
        }
        double position = grid.affine().apply(voxel[0], voxel[1], voxel[2])[normalAxis];
        return new Slice(plane, columns, rows, grid.spacing(across), grid.spacing(down), position, cut);
    }

    private int size(int axis) {
        return axis == 0 ? grid.nx() : axis == 1 ? grid.ny() : grid.nz();
    }

    /** The one-to-one choice of index axes with the largest sum of direction cosines. */
    private static int[] closestAxes(Affine affine) {
        int[] best = PERMUTATIONS[0];
        double largest = -1;
        for (int[] permutation : PERMUTATIONS) {
            double sum = 0;
            for (int axis = 0; axis < 3; axis++) {
                sum += Math.abs(affine.get(axis, permutation[axis])) / affine.spacing(permutation[axis]);
            }
            if (sum > largest) {
                largest = sum;
                best = permutation;
            }
        }
        return best;
    }
}
