package org.oncotwin.geometry;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.twin.Cancellation;

/**
 * How good a mesh is, and what it has lost of the labels it was made of.
 *
 * @param nodes how many nodes it has
 * @param tetrahedra how many tetrahedra it has
 * @param inverted tetrahedra without a volume above 0
 * @param nonConforming triangles that are of three tetrahedra or more, or of two on the same side
 * @param smallestDihedral smallest dihedral angle in degrees
 * @param largestDihedral largest dihedral angle in degrees
 * @param shortestEdge length of the shortest edge divided by that of the edge of a cube
 * @param pieces parts of all tetrahedra that are connected through triangles
 * @param regions each region by number
 */
public record MeshQuality(
        int nodes,
        int tetrahedra,
        int inverted,
        int nonConforming,
        double smallestDihedral,
        double largestDihedral,
        double shortestEdge,
        int pieces,
        List<RegionQuality> regions) {

    private static final double MILLIMETRES = 1000;

    /** Makes the list immutable. */
    public MeshQuality {
        regions = List.copyOf(regions);
    }

    /**
     * Measures a mesh against the voxels it was made of (those of {@link LabelLattice#source()}, after islands were removed).
     *
     * @param mesh tetrahedra of the regions of the lattice
     * @param placement with which it was made
     * @param lattice of which it was made
     * @param cancellation looked at for each region
     * @throws InvalidInputException if the mesh has other regions than the lattice
     */
    public static MeshQuality of(
            TetrahedralMesh mesh, Placement placement, LabelLattice lattice, Cancellation cancellation) {
        List<Integer> expected =
                lattice.source().regions().stream().map(Region::number).toList();
        if (!List.copyOf(mesh.regions()).equals(expected)) {
            throw new InvalidInputException(
                    "mesh", "has regions " + mesh.regions() + "; allowed are those of the lattice, " + expected);
        }
        double[] coordinates = mesh.copyOfCoordinates();
        int[] corners = mesh.copyOfCorners();
        TetrahedronShape shape = new TetrahedronShape();
        int inverted = 0;
        double smallestCosine = 1;
        double largestCosine = -1;
        double shortestSquared = Double.POSITIVE_INFINITY;
        for (int n = 0; n < corners.length; n += 4) {
            shape.look(coordinates, 3 * corners[n], 3 * corners[n + 1], 3 * corners[n + 2], 3 * corners[n + 3]);
            inverted += shape.volume() > 0 ? 0 : 1;
            smallestCosine = Math.min(smallestCosine, shape.smallestCosine());
            largestCosine = Math.max(largestCosine, shape.largestCosine());
            shortestSquared = Math.min(shortestSquared, shape.shortestSquared());
        }
        cancellation.check();
        TetrahedronNeighbours neighbours = new TetrahedronNeighbours(mesh);
        cancellation.check();
        double[] patient = new double[coordinates.length];
        for (int n = 0; n < patient.length; n += 3) {
            System.arraycopy(
                    placement.toPatient(coordinates[n], coordinates[n + 1], coordinates[n + 2]), 0, patient, n, 3);
        }
        RegionLabels source = lattice.source();
        byte[] raster = new VoxelRaster(source.voxels().grid()).regions(mesh, patient, cancellation);
        List<RegionQuality> regions = new ArrayList<>();
        for (Region region : source.regions()) {
            cancellation.check();
            int number = region.number();
            BoundaryDistances distances =
                    new BoundaryDistances(source.voxels(), number, neighbours.surface(number), patient, lattice.edge());
            regions.add(new RegionQuality(
                    number,
                    region.name(),
                    mesh.volumeOfRegion(number),
                    source.volume(number),
                    VoxelRaster.dice(source.voxels(), raster, number),
                    distances.quantile(1),
                    distances.quantile(0.95),
                    neighbours.pieces(number)));
        }
        return new MeshQuality(
                mesh.nodes(),
                mesh.tetrahedra(),
                inverted,
                neighbours.nonConforming(),
                Math.toDegrees(Math.acos(Math.min(1, largestCosine))),
                Math.toDegrees(Math.acos(Math.max(-1, smallestCosine))),
                Math.sqrt(shortestSquared) * MILLIMETRES / lattice.edge(),
                neighbours.pieces(0),
                regions);
    }
}
