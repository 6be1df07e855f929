package org.oncotwin.api.twin;

import java.util.Arrays;

/**
 * A symmetric tensor of second order per voxel of a grid, its components along the index axes of the grid: xx, yy, zz, xy, xz, yz. Kept in single precision, which is finer
 * than any image of tensors. Immutable.
 */
public final class TensorField {

    /** Number of components. */
    public static final int COMPONENTS = 6;

    private final Grid grid;
    private final float[][] components;

    private TensorField(Grid grid, float[][] components) {
        if (components.length != COMPONENTS) {
            throw new IllegalArgumentException(
                    "a symmetric tensor has " + COMPONENTS + " components, not " + components.length);
        }
        for (float[] component : components) {
            if (component.length != grid.size()) {
                throw new IllegalArgumentException(
                        "tensors on " + grid.describe() + " are " + grid.size() + ", not " + component.length);
            }
        }
        this.grid = grid;
        this.components = components;
    }

    /** Tensors that take the arrays (xx, yy, zz, xy, xz, yz, each in voxel order) over without a copy; the caller must never write to them again. */
    public static TensorField owning(Grid grid, float[][] components) {
        return new TensorField(grid, components.clone());
    }

    /** The grid. */
    public Grid grid() {
        return grid;
    }

    /** A component (0 to 5: xx, yy, zz, xy, xz, yz) at a voxel number. */
    public double value(int component, int index) {
        return components[component][index];
    }

    /** Equal grids and equal bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TensorField t && grid.equals(t.grid) && Arrays.deepEquals(components, t.components);
    }

    @Override
    public int hashCode() {
        return 31 * grid.hashCode() + Arrays.deepHashCode(components);
    }

    @Override
    public String toString() {
        return "symmetric tensors on " + grid.describe();
    }
}
