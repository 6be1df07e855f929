package org.oncotwin.export.isaac;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.scene.Probe;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;

/** Blocks of cubes, each of six tetrahedra around a diagonal (Kuhn 1960). */
final class Blocks {

    private static final int[][] PATHS = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {2, 1, 0}, {1, 0, 2}};

    private Blocks() {}

    /**
     * A block that stands on the plane z = 0.
     *
     * @param cells number of cubes along each axis
     * @param edge of a cube in m
     * @param second true for heights of cubes, in cubes, that are of region 2
     */
    static TetrahedralMesh mesh(int[] cells, double edge, DoublePredicate second) {
        int nx = cells[0] + 1;
        int ny = cells[1] + 1;
        double[] coordinates = new double[3 * nx * ny * (cells[2] + 1)];
        for (int n = 0; n < coordinates.length / 3; n++) {
            coordinates[3 * n] = edge * (n % nx - cells[0] / 2.0);
            coordinates[3 * n + 1] = edge * (n / nx % ny - cells[1] / 2.0);
            coordinates[3 * n + 2] = edge * (n / nx / ny);
        }
        int[] strides = {1, nx, nx * ny};
        List<Integer> corners = new ArrayList<>();
        List<Integer> regions = new ArrayList<>();
        for (int z = 0; z < cells[2]; z++) {
            for (int y = 0; y < cells[1]; y++) {
                for (int x = 0; x < cells[0]; x++) {
                    int first = x + nx * (y + ny * z);
                    for (int p = 0; p < PATHS.length; p++) {
                        int b = first + strides[PATHS[p][0]];
                        int c = b + strides[PATHS[p][1]];
                        int d = c + strides[PATHS[p][2]];
                        // The second three paths are mirror images of the first.
                        corners.addAll(p < 3 ? List.of(first, b, c, d) : List.of(first, c, b, d));
                        regions.add(second.test(z + 0.5) ? 2 : 1);
                    }
                }
            }
        }
        return TetrahedralMesh.of(
                coordinates,
                corners.stream().mapToInt(Integer::intValue).toArray(),
                regions.stream().mapToInt(Integer::intValue).toArray());
    }

    /** A scene of which the nodes of one height are held. */
    static Scene scene(TetrahedralMesh mesh, double heldHeight, List<ElasticMaterial> materials, List<Probe> probes) {
        List<Integer> held = new ArrayList<>();
        for (int node = 0; node < mesh.nodes(); node++) {
            if (Math.abs(mesh.coordinate(node, 2) - heldHeight) < 1e-9) {
                held.add(node);
            }
        }
        List<Tissue> tissues = new ArrayList<>();
        for (int n = 0; n < materials.size(); n++) {
            tissues.add(new Tissue(
                    n == 0 ? "muscle" : "tumour",
                    n + 1,
                    materials.get(n),
                    0.5,
                    new Tissue.Colour(0.8, 0.25 * n, 0.3),
                    cube()));
        }
        return new Scene(
                "block", Placement.supine(0, 0, 0), mesh, tissues, List.of(new Anchor("table", held)), probes, 9.81);
    }

    /** Some closed surface: the exporter does not write it. */
    private static TriangleMesh cube() {
        TetrahedralMesh one = mesh(new int[] {1, 1, 1}, 0.01, height -> false);
        return TriangleMesh.of(one.copyOfCoordinates(), one.outerFaces());
    }
}
