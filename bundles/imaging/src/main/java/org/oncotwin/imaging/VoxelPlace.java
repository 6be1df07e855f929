package org.oncotwin.imaging;

/** Says where a voxel lies. */
final class VoxelPlace {

    private VoxelPlace() {}

    /** The indices of a voxel number, such as {@code (3, 0, 12)}. */
    static String of(NiftiHeader header, int number) {
        int i = number % header.nx();
        int j = number / header.nx() % header.ny();
        int k = number / header.nx() / header.ny();
        return "(" + i + ", " + j + ", " + k + ")";
    }
}
