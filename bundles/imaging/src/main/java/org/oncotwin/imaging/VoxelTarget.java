package org.oncotwin.imaging;

import org.oncotwin.api.imaging.ImageException;

/** Takes voxel values in voxel order, block by block. Its memory grows with what has come, not with what a header claims. */
interface VoxelTarget {

    /** Bytes of memory per voxel. */
    int bytesPerVoxel();

    /** Makes room for so many voxels in all. */
    void reserve(int capacity);

    /** Takes the values of the voxels from a number on. */
    void accept(int first, double[] values, int count) throws ImageException;
}
