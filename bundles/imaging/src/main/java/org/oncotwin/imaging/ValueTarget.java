package org.oncotwin.imaging;

import java.util.Arrays;
import org.oncotwin.api.imaging.ImageException;

/** Keeps values as doubles and refuses NaN and infinity. */
final class ValueTarget implements VoxelTarget {

    private final NiftiHeader header;
    private double[] values = {};
    private int firstBad = -1;
    private double badValue;
    private int bad;

    ValueTarget(NiftiHeader header) {
        this.header = header;
    }

    @Override
    public int bytesPerVoxel() {
        return Double.BYTES;
    }

    @Override
    public void reserve(int capacity) {
        values = Arrays.copyOf(values, capacity);
    }

    @Override
    public void accept(int first, double[] block, int count) {
        for (int n = 0; n < count; n++) {
            double value = block[n];
            if (!Double.isFinite(value)) {
                if (bad++ == 0) {
                    firstBad = first + n;
                    badValue = value;
                }
            }
            values[first + n] = value;
        }
    }

    /** All values, once all are there. */
    double[] finish() throws ImageException {
        if (bad > 0) {
            throw Refusal.of(
                    header.file(),
                    "datatype " + header.datatype().label() + ": voxel " + VoxelPlace.of(header, firstBad),
                    badValue,
                    "finite numbers; " + bad + " of " + header.voxels() + " voxels are not");
        }
        return values;
    }
}
