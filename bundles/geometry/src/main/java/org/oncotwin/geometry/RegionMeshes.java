package org.oncotwin.geometry;

import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.twin.Cancellation;

/** Meshes of regions: tetrahedra of all that share nodes where regions touch, and the closed surface of each, both in m along the axes of the patient (RAS+). Immutable. */
public final class RegionMeshes {

    /** Rounds of relaxation: enough for steps between voxels to become smooth, too few for a small region to shrink. */
    private static final int ROUNDS = 20;

    private final TetrahedralMesh tetrahedra;
    private final MeshQuality quality;

    private RegionMeshes(TetrahedralMesh tetrahedra, MeshQuality quality) {
        this.tetrahedra = tetrahedra;
        this.quality = quality;
    }

    /**
     * Makes meshes.
     *
     * @param labels regions of voxels
     * @param edge length of edges in mm, above 0; the shortest edges between regions are shorter, diagonals longer
     * @param cancellation looked at again and again
     * @throws org.oncotwin.api.plugin.InvalidInputException as {@link LabelLattice#of}
     */
    public static RegionMeshes of(RegionLabels labels, double edge, Cancellation cancellation) {
        LabelLattice lattice = LabelLattice.of(labels, edge, cancellation);
        LatticeInterface net = new LatticeInterface(lattice, cancellation);
        double[] relaxed = new NetRelaxation(net).relaxed(ROUNDS, cancellation);
        TetrahedralMesh mesh = new LatticeTetrahedra(net, relaxed, cancellation).mesh();
        cancellation.check();
        return new RegionMeshes(mesh, MeshQuality.of(mesh, lattice));
    }

    /** Tetrahedra of all regions. */
    public TetrahedralMesh tetrahedra() {
        return tetrahedra;
    }

    /** The closed surface of a region that the mesh has: each edge has two triangles, which run along it in opposite directions. */
    public TriangleMesh surface(int region) {
        if (!tetrahedra.regions().contains(region)) {
            throw new IllegalArgumentException("the mesh has no region " + region + "; it has " + tetrahedra.regions());
        }
        return RegionSurface.of(tetrahedra, region);
    }

    /** How good the tetrahedra are. */
    public MeshQuality quality() {
        return quality;
    }
}
