package org.oncotwin.imaging;

import java.util.Arrays;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

/**
 * The part of an image that holds the brain, with a border of one empty voxel on every side so that each brain voxel has six
 * neighbours. Intensities are divided by their 99.9th percentile; 0 lies outside the brain.
 */
final class BrainBox {

    private static final double BRIGHT_QUANTILE = 0.999;

    private final Grid grid;
    private final int x0;
    private final int y0;
    private final int z0;
    private final int nx;
    private final int ny;
    private final int nz;
    private final float[] intensity;
    private final int count;

    private BrainBox(Grid grid, int[] low, int[] high, int count) {
        this.grid = grid;
        this.x0 = low[0] - 1;
        this.y0 = low[1] - 1;
        this.z0 = low[2] - 1;
        this.nx = high[0] - low[0] + 3;
        this.ny = high[1] - low[1] + 3;
        this.nz = high[2] - low[2] + 3;
        this.count = count;
        this.intensity = new float[Math.multiplyExact(Math.multiplyExact(nx, ny), nz)];
    }

    /** Cuts the brain out of an image. */
    static BrainBox of(Field t1) throws ImageException {
        Grid grid = t1.grid();
        int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] high = {-1, -1, -1};
        int count = 0;
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    double value = t1.value(i, j, k);
                    if (value > 0) {
                        if (value == Double.POSITIVE_INFINITY) {
                            throw new ImageException("T1: voxel (" + i + ", " + j + ", " + k
                                    + ") is Infinity, allowed: finite intensities");
                        }
                        count++;
                        low[0] = Math.min(low[0], i);
                        low[1] = Math.min(low[1], j);
                        low[2] = Math.min(low[2], k);
                        high[0] = Math.max(high[0], i);
                        high[1] = Math.max(high[1], j);
                        high[2] = Math.max(high[2], k);
                    }
                }
            }
        }
        if (count == 0) {
            throw new ImageException("T1: no voxel is above 0, needed: a brain without its skull, 0 outside");
        }
        BrainBox box = new BrainBox(grid, low, high, count);
        box.fill(t1);
        return box;
    }

    private void fill(Field t1) {
        double[] sorted = new double[count];
        int n = 0;
        for (int voxel = 0; voxel < grid.size(); voxel++) {
            double value = t1.value(voxel);
            if (value > 0) {
                sorted[n++] = value;
            }
        }
        Arrays.parallelSort(sorted);
        double bright = sorted[(int) (BRIGHT_QUANTILE * (count - 1))];
        for (int k = 1; k < nz - 1; k++) {
            for (int j = 1; j < ny - 1; j++) {
                for (int i = 1; i < nx - 1; i++) {
                    double value = t1.value(x0 + i, y0 + j, z0 + k);
                    if (value > 0) {
                        // Never 0, which would put the voxel outside; never beyond a float.
                        double relative = Math.min(value / bright, 1e6);
                        intensity[index(i, j, k)] = Math.max((float) relative, Float.MIN_NORMAL);
                    }
                }
            }
        }
    }

    /** Number of a voxel of the box. */
    int index(int i, int j, int k) {
        return i + nx * (j + ny * k);
    }

    /** Number in the image of a voxel of the box. */
    int imageIndex(int i, int j, int k) {
        return grid.index(x0 + i, y0 + j, z0 + k);
    }

    /** The grid of the image. */
    Grid grid() {
        return grid;
    }

    /** Voxels along the first index. */
    int nx() {
        return nx;
    }

    /** Voxels along the second index. */
    int ny() {
        return ny;
    }

    /** Voxels along the third index. */
    int nz() {
        return nz;
    }

    /** Relative intensities in voxel order of the box. */
    float[] intensity() {
        return intensity;
    }

    /** Number of brain voxels. */
    int count() {
        return count;
    }
}
