package org.oncotwin.api.twin;

import java.util.Arrays;

/** A set of voxels of a grid. Immutable. */
public final class Mask {

    private final Grid grid;
    private final boolean[] inside;
    private final int count;

    private Mask(Grid grid, boolean[] inside) {
        if (inside.length != grid.size()) {
            throw new IllegalArgumentException(
                    "a mask on " + grid.describe() + " has " + grid.size() + " voxels, not " + inside.length);
        }
        this.grid = grid;
        this.inside = inside;
        int n = 0;
        for (boolean b : inside) {
            if (b) {
                n++;
            }
        }
        this.count = n;
    }

    /** A mask with a copy of the flags, in voxel order. */
    public static Mask of(Grid grid, boolean[] inside) {
        return new Mask(grid, inside.clone());
    }

    /** A mask that takes the array over without a copy; the caller must never write to it again. */
    public static Mask owning(Grid grid, boolean[] inside) {
        return new Mask(grid, inside);
    }

    /** All voxels of a grid. */
    public static Mask all(Grid grid) {
        boolean[] inside = new boolean[grid.size()];
        Arrays.fill(inside, true);
        return new Mask(grid, inside);
    }

    /** The grid. */
    public Grid grid() {
        return grid;
    }

    /** True if the voxel belongs to the mask. */
    public boolean contains(int index) {
        return inside[index];
    }

    /** Number of voxels in the mask. */
    public int count() {
        return count;
    }

    /** Volume in cm3. */
    public double volume() {
        return count * grid.voxelVolume();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask m && grid.equals(m.grid) && Arrays.equals(inside, m.inside);
    }

    @Override
    public int hashCode() {
        return 31 * grid.hashCode() + Arrays.hashCode(inside);
    }

    @Override
    public String toString() {
        return "mask of " + count + " voxels on " + grid.describe();
    }
}
