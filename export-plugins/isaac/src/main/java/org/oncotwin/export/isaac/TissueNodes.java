package org.oncotwin.export.isaac;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.oncotwin.api.mesh.TetrahedralMesh;

/** The nodes and tetrahedra of one region of a mesh, numbered from 0. */
final class TissueNodes {

    private final TetrahedralMesh mesh;
    private final int[] tetrahedra;
    private final int[] nodes;

    TissueNodes(TetrahedralMesh mesh, int region) {
        this.mesh = mesh;
        tetrahedra = IntStream.range(0, mesh.tetrahedra())
                .filter(t -> mesh.region(t) == region)
                .toArray();
        nodes = Arrays.stream(tetrahedra)
                .flatMap(t -> IntStream.range(0, 4).map(corner -> mesh.corner(t, corner)))
                .sorted()
                .distinct()
                .toArray();
    }

    int nodes() {
        return nodes.length;
    }

    /** Node of the mesh. */
    int node(int place) {
        return nodes[place];
    }

    /** Place of a node of the mesh, negative if it is none of them. */
    int place(int node) {
        return Arrays.binarySearch(nodes, node);
    }

    int tetrahedra() {
        return tetrahedra.length;
    }

    /** The region alone, as a mesh of its own. */
    TetrahedralMesh alone() {
        double[] coordinates = new double[3 * nodes.length];
        for (int n = 0; n < coordinates.length; n++) {
            coordinates[n] = mesh.coordinate(nodes[n / 3], n % 3);
        }
        int[] corners = new int[4 * tetrahedra.length];
        for (int n = 0; n < corners.length; n++) {
            corners[n] = place(mesh.corner(tetrahedra[n / 4], n % 4));
        }
        int[] regions = new int[tetrahedra.length];
        Arrays.fill(regions, 1);
        return TetrahedralMesh.owning(coordinates, corners, regions);
    }
}
