package org.oncotwin.geometry;

import java.util.Locale;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * What a mesh must keep to before it is used.
 *
 * @param smallestDihedral least dihedral angle in degrees
 * @param largestDihedral most dihedral angle in degrees
 * @param shortestEdge least length of an edge divided by that of the edge of a cube
 * @param volumeError most relative difference of the volume of a region from that of its voxels, 0.02 for 2 %
 * @param pieces most parts of the mesh that are connected through triangles; a part that nothing holds falls
 */
public record QualityGates(
        double smallestDihedral, double largestDihedral, double shortestEdge, double volumeError, int pieces) {

    /** From 10 to 165 degrees, as isosurface stuffing guarantees (Labelle and Shewchuk 2007: 10.7 and 164.8 degrees), no edge below a fifth, volumes to 2 %, one piece. */
    public static final QualityGates USUAL = new QualityGates(10, 165, 0.2, 0.02, 1);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException naming the value and what is allowed
     */
    public QualityGates {
        range("smallestDihedral", smallestDihedral, 90);
        range("largestDihedral", largestDihedral, 180);
        range("shortestEdge", shortestEdge, 1);
        range("volumeError", volumeError, 1);
        if (pieces < 1) {
            throw new InvalidInputException("gates.pieces", "is " + pieces + "; allowed is 1 or more");
        }
    }

    private static void range(String field, double value, double largest) {
        if (!(value >= 0 && value <= largest)) {
            throw new InvalidInputException(
                    "gates." + field,
                    "is " + value + "; allowed is 0 to " + String.format(Locale.ROOT, "%.0f", largest));
        }
    }

    /**
     * Lets a mesh pass.
     *
     * @throws InvalidInputException naming the region where one is at fault, the value, the limit and what to do
     */
    public void check(MeshQuality mesh) {
        if (mesh.inverted() > 0) {
            throw refused(
                    "inverted",
                    mesh.inverted() + " tetrahedra are flat or inverted; allowed is none: mesh with AngleBounds.USUAL");
        }
        if (mesh.nonConforming() > 0) {
            throw refused(
                    "nonConforming",
                    mesh.nonConforming()
                            + " triangles are not between two tetrahedra; allowed is none: mesh the labels anew");
        }
        if (!(mesh.smallestDihedral() >= smallestDihedral)) {
            throw angle("smallest", mesh.smallestDihedral(), "at least", smallestDihedral);
        }
        if (!(mesh.largestDihedral() <= largestDihedral)) {
            throw angle("largest", mesh.largestDihedral(), "at most", largestDihedral);
        }
        if (!(mesh.shortestEdge() >= shortestEdge)) {
            throw refused(
                    "shortestEdge",
                    String.format(
                            Locale.ROOT,
                            "the shortest edge is %.3f edges of a cube; allowed is %.3f or more: mesh with tighter angle bounds",
                            mesh.shortestEdge(),
                            shortestEdge));
        }
        for (RegionQuality region : mesh.regions()) {
            if (!(Math.abs(region.relativeVolumeError()) <= volumeError)) {
                throw refused(
                        "volumeError",
                        String.format(
                                Locale.ROOT,
                                "the volume of region %d (%s) is %.4g cm3 and that of its voxels %.4g cm3, which differs by %.2f %%; allowed is %.2f %%: choose a shorter edge, or remove its small islands",
                                region.region(),
                                region.name(),
                                region.volume() * 1e6,
                                region.labelVolume() * 1e6,
                                100 * region.relativeVolumeError(),
                                100 * volumeError));
            }
        }
        if (mesh.pieces() > pieces) {
            throw refused(
                    "pieces",
                    "the mesh has " + mesh.pieces() + " pieces; allowed is " + pieces
                            + ": remove small islands, choose a shorter edge, or hold each piece and allow as many");
        }
    }

    /**
     * Lets the surface of a region pass.
     *
     * @throws InvalidInputException naming the region if its surface is open, not a manifold, or seen from inside
     */
    public void check(Region region, SurfaceQuality surface) {
        if (!surface.closed() || !surface.manifold() || !(surface.volume() > 0)) {
            throw refused(
                    "surface",
                    "the surface of region " + region.number() + " (" + region.name() + ") is "
                            + (surface.closed() ? "closed" : "open") + ", "
                            + (surface.manifold() ? "a manifold" : "no manifold") + ", its volume " + surface.volume()
                            + " m3; allowed are closed manifolds with a volume above 0: make it by surface nets");
        }
    }

    private static InvalidInputException angle(String which, double value, String bound, double limit) {
        return refused(
                which + "Dihedral",
                String.format(
                        Locale.ROOT,
                        "the %s dihedral angle is %.2f degrees; allowed is %s %.2f: mesh with tighter angle bounds",
                        which,
                        value,
                        bound,
                        limit));
    }

    private static InvalidInputException refused(String field, String problem) {
        return new InvalidInputException("mesh." + field, problem);
    }
}
