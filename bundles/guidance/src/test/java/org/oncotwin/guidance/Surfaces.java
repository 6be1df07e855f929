package org.oncotwin.guidance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.oncotwin.api.mesh.TriangleMesh;

/** Closed surfaces for tests. */
final class Surfaces {

    private Surfaces() {}

    /** An octahedron whose triangles are split in four some times, its nodes at a distance of 1 from the origin, or where they are moved to. */
    static TriangleMesh sphere(int splits, double roughness) {
        List<double[]> nodes = new ArrayList<>(List.of(
                new double[] {1, 0, 0},
                new double[] {-1, 0, 0},
                new double[] {0, 1, 0},
                new double[] {0, -1, 0},
                new double[] {0, 0, 1},
                new double[] {0, 0, -1}));
        List<int[]> triangles = new ArrayList<>(List.of(
                new int[] {0, 2, 4},
                new int[] {2, 1, 4},
                new int[] {1, 3, 4},
                new int[] {3, 0, 4},
                new int[] {2, 0, 5},
                new int[] {1, 2, 5},
                new int[] {3, 1, 5},
                new int[] {0, 3, 5}));
        for (int split = 0; split < splits; split++) {
            Map<Long, Integer> middles = new HashMap<>();
            List<int[]> finer = new ArrayList<>();
            for (int[] t : triangles) {
                int a = middle(nodes, middles, t[0], t[1]);
                int b = middle(nodes, middles, t[1], t[2]);
                int c = middle(nodes, middles, t[2], t[0]);
                finer.add(new int[] {t[0], a, c});
                finer.add(new int[] {a, t[1], b});
                finer.add(new int[] {c, b, t[2]});
                finer.add(new int[] {a, b, c});
            }
            triangles = finer;
        }
        Random random = new Random(7);
        double[] coordinates = new double[3 * nodes.size()];
        for (int n = 0; n < nodes.size(); n++) {
            double radius = 1 + roughness * (random.nextDouble() - 0.5);
            for (int axis = 0; axis < 3; axis++) {
                coordinates[3 * n + axis] = radius * nodes.get(n)[axis];
            }
        }
        int[] corners = new int[3 * triangles.size()];
        for (int t = 0; t < triangles.size(); t++) {
            System.arraycopy(triangles.get(t), 0, corners, 3 * t, 3);
        }
        return TriangleMesh.of(coordinates, corners);
    }

    private static int middle(List<double[]> nodes, Map<Long, Integer> middles, int a, int b) {
        return middles.computeIfAbsent(Math.min(a, b) * 1_000_000L + Math.max(a, b), none -> {
            double[] sum = new double[3];
            double length = 0;
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] = nodes.get(a)[axis] + nodes.get(b)[axis];
                length += sum[axis] * sum[axis];
            }
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] /= Math.sqrt(length);
            }
            nodes.add(sum);
            return nodes.size() - 1;
        });
    }

    /** A cube from -1 to 1. */
    static TriangleMesh cube() {
        double[] coordinates = new double[24];
        for (int n = 0; n < 8; n++) {
            coordinates[3 * n] = (n & 1) == 0 ? -1 : 1;
            coordinates[3 * n + 1] = (n & 2) == 0 ? -1 : 1;
            coordinates[3 * n + 2] = (n & 4) == 0 ? -1 : 1;
        }
        int[] corners = {
            0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5
        };
        return TriangleMesh.of(coordinates, corners);
    }
}
