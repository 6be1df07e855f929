package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/** Parts of labels that are connected through faces of voxels. */
final class Islands {

    private final Grid grid;
    private final byte[] labels;
    private final boolean[] seen;
    private final int[] around = new int[256];
    private int[] island = new int[1024];

    Islands(LabelField field) {
        this.grid = field.grid();
        this.labels = field.toArray();
        this.seen = new boolean[labels.length];
    }

    /** The labels without the islands of fewer voxels than these. */
    byte[] withoutThoseBelow(double voxels, Cancellation cancellation) {
        byte[] kept = labels.clone();
        for (int n = 0; n < labels.length; n++) {
            if (labels[n] != 0 && !seen[n]) {
                cancellation.check();
                int size = collect(n);
                if (size < voxels) {
                    byte surrounding = surrounding();
                    for (int m = 0; m < size; m++) {
                        kept[island[m]] = surrounding;
                    }
                }
            }
        }
        return kept;
    }

    private int collect(int first) {
        Arrays.fill(around, 0);
        island[0] = first;
        seen[first] = true;
        int size = 1;
        for (int n = 0; n < size; n++) {
            int voxel = island[n];
            int i = voxel % grid.nx();
            int j = voxel / grid.nx() % grid.ny();
            int k = voxel / grid.nx() / grid.ny();
            size = visit(voxel, i > 0, -1, size);
            size = visit(voxel, i < grid.nx() - 1, 1, size);
            size = visit(voxel, j > 0, -grid.nx(), size);
            size = visit(voxel, j < grid.ny() - 1, grid.nx(), size);
            size = visit(voxel, k > 0, -grid.nx() * grid.ny(), size);
            size = visit(voxel, k < grid.nz() - 1, grid.nx() * grid.ny(), size);
        }
        return size;
    }

    private int visit(int voxel, boolean inside, int step, int size) {
        if (!inside) {
            around[0]++;
            return size;
        }
        int other = voxel + step;
        if (labels[other] != labels[voxel]) {
            around[labels[other] & 0xff]++;
            return size;
        }
        if (seen[other]) {
            return size;
        }
        seen[other] = true;
        if (size == island.length) {
            island = Arrays.copyOf(island, 2 * size);
        }
        island[size] = other;
        return size + 1;
    }

    private byte surrounding() {
        int most = 0;
        for (int label = 1; label < around.length; label++) {
            if (around[label] > around[most]) {
                most = label;
            }
        }
        return (byte) most;
    }
}
