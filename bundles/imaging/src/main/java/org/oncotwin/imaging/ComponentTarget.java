package org.oncotwin.imaging;

import java.util.Arrays;

/** Keeps one component of tensors in single precision, finite or not. */
final class ComponentTarget implements VoxelTarget {

    private float[] values = {};

    @Override
    public int bytesPerVoxel() {
        return Float.BYTES;
    }

    @Override
    public void reserve(int capacity) {
        values = Arrays.copyOf(values, capacity);
    }

    @Override
    public void accept(int first, double[] block, int count) {
        for (int n = 0; n < count; n++) {
            values[first + n] = (float) block[n];
        }
    }

    /** All values, once all are there. */
    float[] finish() {
        return values;
    }
}
