package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.Arrays;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

/**
 * How deep each voxel of a region lies in it, in mm: the distance from its centre to the nearest centre outside; 0 outside. Beyond the edge of the grid is outside. Exact Euclidean distances, axis by axis (Saito and Toriwaki 1994, Pattern Recognition 27:1551).
 */
final class RimDepth {

    private final Grid grid;
    private final boolean[] region;
    private final int[] low = new int[3];
    private final int[] size = new int[3];

    private RimDepth(Grid grid, boolean[] region) {
        this.grid = grid;
        this.region = region;
    }

    static Field of(Grid grid, boolean[] region) {
        return new RimDepth(grid, region).depth();
    }

    private Field depth() {
        double[] depth = new double[grid.size()];
        if (bound()) {
            double[] squared = squaredDistances();
            for (int index = 0; index < depth.length; index++) {
                if (region[index]) {
                    depth[index] = Math.sqrt(squared[boxed(index)]);
                }
            }
        }
        return Field.owning(grid, depth);
    }

    /** The box around the region and one voxel more on each side, in which the nearest voxel outside always is. False if there is no region. */
    private boolean bound() {
        int[] high = {-1, -1, -1};
        Arrays.fill(low, Integer.MAX_VALUE);
        for (int index = 0; index < region.length; index++) {
            if (region[index]) {
                int[] place = {index % grid.nx(), index / grid.nx() % grid.ny(), index / grid.nx() / grid.ny()};
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], place[axis] - 1);
                    high[axis] = Math.max(high[axis], place[axis] + 1);
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            size[axis] = high[axis] - low[axis] + 1;
        }
        return high[0] >= 0;
    }

    private int boxed(int index) {
        int i = index % grid.nx() - low[0];
        int j = index / grid.nx() % grid.ny() - low[1];
        int k = index / grid.nx() / grid.ny() - low[2];
        return i + size[0] * (j + size[1] * k);
    }

    private double[] squaredDistances() {
        double[] squared = new double[size[0] * size[1] * size[2]];
        for (int index = 0; index < region.length; index++) {
            if (region[index]) {
                squared[boxed(index)] = Double.POSITIVE_INFINITY;
            }
        }
        int stride = 1;
        for (int axis = 0; axis < 3; axis++) {
            double step = grid.spacing(axis);
            double[] line = new double[size[axis]];
            for (int start = 0; start < squared.length; start++) {
                if (start / stride % size[axis] == 0) {
                    for (int n = 0; n < line.length; n++) {
                        line[n] = squared[start + n * stride];
                    }
                    for (int n = 0; n < line.length; n++) {
                        double nearest = line[n];
                        for (int other = 0; other < line.length; other++) {
                            double along = (n - other) * step;
                            nearest = Math.min(nearest, line[other] + along * along);
                        }
                        squared[start + n * stride] = nearest;
                    }
                }
            }
            stride *= size[axis];
        }
        return squared;
    }
}
