package org.oncotwin.geometry;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * How good a mesh is, and how well it shows the labels that it was made of.
 *
 * @param smallestAngle smallest dihedral angle in degrees
 * @param largestAngle largest dihedral angle in degrees
 * @param shortestEdge shortest edge as a share of the edge that was asked for
 * @param volumeErrors by region the relative error of its volume against that of its voxels
 * @param overlaps by region the Dice coefficient of the voxels whose centre lies in its tetrahedra with its voxels
 */
public record MeshQuality(
        double smallestAngle,
        double largestAngle,
        double shortestEdge,
        SortedMap<Integer, Double> volumeErrors,
        SortedMap<Integer, Double> overlaps) {

    /** Makes the maps immutable. */
    public MeshQuality {
        volumeErrors = Collections.unmodifiableSortedMap(new TreeMap<>(volumeErrors));
        overlaps = Collections.unmodifiableSortedMap(new TreeMap<>(overlaps));
    }

    static MeshQuality of(TetrahedralMesh mesh, LabelLattice lattice) {
        double[] places = mesh.copyOfCoordinates();
        int[] corners = mesh.copyOfCorners();
        DihedralAngles angles = new DihedralAngles();
        double smallest = 180;
        double largest = 0;
        double shortest = Double.POSITIVE_INFINITY;
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            angles.look(places, corners, 4 * t);
            smallest = Math.min(smallest, angles.smallest());
            largest = Math.max(largest, angles.largest());
            for (int one = 4 * t; one < 4 * t + 4; one++) {
                for (int other = 4 * t; other < one; other++) {
                    shortest = Math.min(shortest, distance(places, corners[one], corners[other]));
                }
            }
        }
        SortedMap<Integer, Double> errors = new TreeMap<>();
        for (Region region : lattice.source().regions()) {
            double wanted = lattice.source().volume(region.number());
            errors.put(region.number(), mesh.volumeOfRegion(region.number()) / wanted - 1);
        }
        return new MeshQuality(
                smallest, largest, shortest * 1000 / lattice.edge(), errors, VoxelOverlap.of(mesh, lattice.source()));
    }

    private static double distance(double[] p, int one, int other) {
        double x = p[3 * one] - p[3 * other];
        double y = p[3 * one + 1] - p[3 * other + 1];
        double z = p[3 * one + 2] - p[3 * other + 2];
        return Math.sqrt(x * x + y * y + z * z);
    }

    /**
     * Refuses a mesh that is not good enough.
     *
     * @param labels what it was made of, for names
     * @param largestVolumeError largest relative error of the volume of a region
     * @throws InvalidInputException naming the region, the value, what is allowed and what to do
     */
    public void require(RegionLabels labels, double largestVolumeError) {
        for (Region region : labels.regions()) {
            double error = volumeErrors.get(region.number());
            if (!(Math.abs(error) <= largestVolumeError)) {
                throw new InvalidInputException(
                        "edge-length",
                        String.format(
                                Locale.ROOT,
                                "%s has %.1f %% of its volume in the mesh; allowed is %.1f to %.1f %%: choose a shorter edge",
                                region.name(),
                                100 * (1 + error),
                                100 * (1 - largestVolumeError),
                                100 * (1 + largestVolumeError)));
            }
        }
    }
}
