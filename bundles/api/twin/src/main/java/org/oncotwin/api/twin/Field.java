package org.oncotwin.api.twin;

import java.util.Arrays;

/** One number per voxel of a grid. Immutable: arrays go in and out by copy, save through {@link #owning}. */
public final class Field {

    private final Grid grid;
    private final double[] values;

    private Field(Grid grid, double[] values) {
        if (values.length != grid.size()) {
            throw new IllegalArgumentException(
                    "a field on " + grid.describe() + " has " + grid.size() + " values, not " + values.length);
        }
        this.grid = grid;
        this.values = values;
    }

    /** A field with a copy of the values, in voxel order. */
    public static Field of(Grid grid, double[] values) {
        return new Field(grid, values.clone());
    }

    /** A field that takes the array over without a copy; the caller must never write to it again. */
    public static Field owning(Grid grid, double[] values) {
        return new Field(grid, values);
    }

    /** A field with the same value everywhere. */
    public static Field constant(Grid grid, double value) {
        double[] values = new double[grid.size()];
        Arrays.fill(values, value);
        return new Field(grid, values);
    }

    /** The grid. */
    public Grid grid() {
        return grid;
    }

    /** Value at a voxel number. */
    public double value(int index) {
        return values[index];
    }

    /** Value at a voxel. */
    public double value(int i, int j, int k) {
        return values[grid.index(i, j, k)];
    }

    /** A copy of all values in voxel order. */
    public double[] toArray() {
        return values.clone();
    }

    /** Copies all values into the start of an array, for loops that reuse their storage. */
    public void copyInto(double[] target) {
        System.arraycopy(values, 0, target, 0, values.length);
    }

    /** Sum of the values, slice by slice, so that it does not depend on who computes it. */
    public double sum() {
        int slice = grid.nx() * grid.ny();
        double total = 0;
        for (int from = 0; from < values.length; from += slice) {
            double part = 0;
            for (int i = from; i < from + slice; i++) {
                part += values[i];
            }
            total += part;
        }
        return total;
    }

    /** Equal grids and equal bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Field f && grid.equals(f.grid) && Arrays.equals(values, f.values);
    }

    @Override
    public int hashCode() {
        return 31 * grid.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "field on " + grid.describe();
    }
}
