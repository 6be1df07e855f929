package org.oncotwin.geometry;

/**
 * How well a mesh shows a region.
 *
 * @param region its number
 * @param name what it is called
 * @param volume of its tetrahedra in m3
 * @param labelVolume of its voxels in m3
 * @param dice Dice coefficient of its voxels and the voxels the centres of which lie in its tetrahedra, 0 to 1; what lies off the grid of the voxels does not count
 * @param hausdorff symmetric Hausdorff distance in mm between the triangles around its tetrahedra and the faces of voxels around its voxels: the larger of the largest distance from the nodes and
 *     centres of the triangles to the nearest face, and of the largest from the centres of the faces to the nearest triangle
 * @param hausdorff95 the same with the 95th percentile in place of the largest distance
 * @param pieces parts of its tetrahedra that are connected through triangles
 */
public record RegionQuality(
        int region,
        String name,
        double volume,
        double labelVolume,
        double dice,
        double hausdorff,
        double hausdorff95,
        int pieces) {

    /** By how much of the volume of the voxels that of the tetrahedra is larger, negative if smaller. */
    public double relativeVolumeError() {
        return (volume - labelVolume) / labelVolume;
    }
}
