package org.oncotwin.export.fenics;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;
import org.oncotwin.api.scene.Tissue.Colour;

/** A bar of two tissues, one beside the other along y, cut into cubes of six tetrahedra (Kuhn). */
final class Samples {

    static final double STEP = 0.1 / 3;
    static final int NX = 6;
    static final int NY = 4;
    static final int NZ = 3;
    /** Regions are no running numbers: 7 for y below the middle, 200 above. */
    static final int NEAR = 7;

    static final int FAR = 200;

    private static final int[][] PATHS = {{1, 2, 4}, {2, 1, 4}, {1, 4, 2}, {4, 1, 2}, {2, 4, 1}, {4, 2, 1}};

    private Samples() {}

    static TetrahedralMesh bar() {
        double[] coordinates = new double[3 * (NX + 1) * (NY + 1) * (NZ + 1)];
        int n = 0;
        for (int k = 0; k <= NZ; k++) {
            for (int j = 0; j <= NY; j++) {
                for (int i = 0; i <= NX; i++) {
                    coordinates[n++] = i * STEP;
                    coordinates[n++] = j * STEP / 7;
                    coordinates[n++] = k * STEP / 1.1;
                }
            }
        }
        int[] corners = new int[24 * NX * NY * NZ];
        int[] regions = new int[6 * NX * NY * NZ];
        int t = 0;
        for (int k = 0; k < NZ; k++) {
            for (int j = 0; j < NY; j++) {
                for (int i = 0; i < NX; i++) {
                    for (int[] path : PATHS) {
                        int[] at = {
                            node(i, j, k, 0), node(i, j, k, path[0]), node(i, j, k, path[0] + path[1]), node(i, j, k, 7)
                        };
                        boolean even = path[0] == 1 && path[1] == 2
                                || path[0] == 2 && path[1] == 4
                                || path[0] == 4 && path[1] == 1;
                        corners[4 * t] = at[0];
                        corners[4 * t + 1] = at[even ? 1 : 2];
                        corners[4 * t + 2] = at[even ? 2 : 1];
                        corners[4 * t + 3] = at[3];
                        regions[t] = j < NY / 2 ? NEAR : FAR;
                        t++;
                    }
                }
            }
        }
        return TetrahedralMesh.of(coordinates, corners, regions);
    }

    private static int node(int i, int j, int k, int bits) {
        return i + (bits & 1) + (NX + 1) * (j + (bits >> 1 & 1) + (NY + 1) * (k + (bits >> 2 & 1)));
    }

    /** Held at both ends: nodes with x = 0, and those with x at its largest. */
    static Scene scene(String source) {
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int n = 0; n < (NX + 1) * (NY + 1) * (NZ + 1); n++) {
            if (n % (NX + 1) == 0) {
                left.add(n);
            } else if (n % (NX + 1) == NX) {
                right.add(n);
            }
        }
        return scene(source, List.of(new Anchor("left-bone", left), new Anchor("right-bone", right)));
    }

    static Scene scene(String source, List<Anchor> anchors) {
        return new Scene(
                "two-tissues",
                Placement.supine(0, 0, 0),
                bar(),
                List.of(
                        tissue("liver", NEAR, new ElasticMaterial(3001.7, 0.3, 1060, 0.01, source)),
                        tissue("tumour", FAR, new ElasticMaterial(20000.1, 0.3, 1100.5, 0.01, source))),
                anchors,
                List.of(),
                9.81);
    }

    private static Tissue tissue(String name, int region, ElasticMaterial material) {
        TriangleMesh surface = TriangleMesh.of(
                new double[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}, new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3});
        return new Tissue(name, region, material, 0.1, new Colour(0.5, 0.2, 0.1), surface);
    }
}
