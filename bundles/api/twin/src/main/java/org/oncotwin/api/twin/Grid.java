package org.oncotwin.api.twin;

import java.util.Locale;

/**
 * A regular three-dimensional grid of voxels placed in the patient. The first index runs fastest: voxel (i, j, k) has number
 * {@code i + nx * (j + ny * k)}.
 *
 * @param nx voxels along the first index
 * @param ny voxels along the second index
 * @param nz voxels along the third index
 * @param affine from voxel indices to patient coordinates in mm
 */
public record Grid(int nx, int ny, int nz, Affine affine) {

    /** Most voxels a grid may have: what one Java array can hold with room to pad. */
    public static final long LARGEST_SIZE = 1L << 30;

    /** Largest difference of affine elements (mm) at which two images are still taken to lie on one grid; headers store 32-bit floats. */
    public static final double SAME_PLACE_MILLIMETRES = 1e-3;

    /** Checks the size. */
    public Grid {
        if (nx < 1 || ny < 1 || nz < 1 || (long) nx * ny > LARGEST_SIZE || (long) nx * ny * nz > LARGEST_SIZE) {
            throw new IllegalArgumentException(
                    "a grid has 1 to " + LARGEST_SIZE + " voxels, not " + nx + " x " + ny + " x " + nz);
        }
    }

    /** Number of voxels. */
    public int size() {
        return nx * ny * nz;
    }

    /** Number of a voxel. */
    public int index(int i, int j, int k) {
        return i + nx * (j + ny * k);
    }

    /** Distance in mm between neighbouring voxel centres along an index axis (0, 1 or 2). */
    public double spacing(int axis) {
        return affine.spacing(axis);
    }

    /** Volume of one voxel in cm3, right for oblique and anisotropic voxels. */
    public double voxelVolume() {
        return Math.abs(affine.determinant()) / 1000;
    }

    /** True if both grids have the same size and lie in the same place to {@link #SAME_PLACE_MILLIMETRES}. */
    public boolean coincidesWith(Grid other) {
        return nx == other.nx
                && ny == other.ny
                && nz == other.nz
                && affine.largestDifference(other.affine) <= SAME_PLACE_MILLIMETRES;
    }

    /** Size and spacing in words, such as {@code 181 x 217 x 181 voxels of 1 x 1 x 1 mm}. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%d x %d x %d voxels of %.4g x %.4g x %.4g mm",
                nx,
                ny,
                nz,
                spacing(0),
                spacing(1),
                spacing(2));
    }
}
