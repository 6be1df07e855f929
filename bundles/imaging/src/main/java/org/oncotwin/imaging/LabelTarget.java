package org.oncotwin.imaging;

import java.util.Arrays;
import org.oncotwin.api.imaging.ImageException;

/** Keeps whole numbers 0 to 255 as bytes and refuses others. */
final class LabelTarget implements VoxelTarget {

    private final NiftiHeader header;
    private byte[] labels = {};

    LabelTarget(NiftiHeader header) {
        this.header = header;
    }

    @Override
    public int bytesPerVoxel() {
        return Byte.BYTES;
    }

    @Override
    public void reserve(int capacity) {
        labels = Arrays.copyOf(labels, capacity);
    }

    @Override
    public void accept(int first, double[] block, int count) throws ImageException {
        for (int n = 0; n < count; n++) {
            double value = block[n];
            int label = (int) value;
            if (label != value || label < 0 || label > 255) {
                throw Refusal.of(
                        header.file(),
                        "datatype " + header.datatype().label() + ": voxel " + VoxelPlace.of(header, first + n),
                        value,
                        "labels, whole numbers from 0 to 255");
            }
            labels[first + n] = (byte) label;
        }
    }

    /** All labels, once all are there. */
    byte[] finish() {
        return labels;
    }
}
