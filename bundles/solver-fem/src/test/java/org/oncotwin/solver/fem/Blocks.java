package org.oncotwin.solver.fem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mechanics.NodeRestraint;
import org.oncotwin.api.mesh.TetrahedralMesh;

/** Boxes of hexahedra, each cut into six tetrahedra along its diagonal (Kuhn). */
final class Blocks {

    /** Kuhn's tetrahedra of a cell: paths from corner 000 to corner 111, one axis after the other; bit 0 of a corner is x. */
    private static final int[][] PATHS = {
        {0, 1, 3, 7}, {0, 3, 2, 7}, {0, 2, 6, 7}, {0, 6, 4, 7}, {0, 4, 5, 7}, {0, 5, 1, 7}
    };

    private Blocks() {}

    /** Planes at equal distances. */
    static double[] planes(int cells, double length) {
        double[] planes = new double[cells + 1];
        for (int n = 0; n <= cells; n++) {
            planes[n] = length * n / cells;
        }
        return planes;
    }

    static TetrahedralMesh box(double[] x, double[] y, double[] z) {
        return box(x, y, z, cell -> 1);
    }

    /** A box between planes; the region of a cell, counted along x first. */
    static TetrahedralMesh box(double[] x, double[] y, double[] z, IntUnaryOperator region) {
        int nx = x.length;
        int ny = y.length;
        double[] coordinates = new double[3 * nx * ny * z.length];
        for (int n = 0; n < coordinates.length / 3; n++) {
            coordinates[3 * n] = x[n % nx];
            coordinates[3 * n + 1] = y[n / nx % ny];
            coordinates[3 * n + 2] = z[n / nx / ny];
        }
        int cells = (nx - 1) * (ny - 1) * (z.length - 1);
        int[] corners = new int[24 * cells];
        int[] regions = new int[6 * cells];
        for (int cell = 0; cell < cells; cell++) {
            int i = cell % (nx - 1);
            int j = cell / (nx - 1) % (ny - 1);
            int k = cell / (nx - 1) / (ny - 1);
            for (int t = 0; t < 6; t++) {
                for (int c = 0; c < 4; c++) {
                    int bits = PATHS[t][c];
                    corners[24 * cell + 4 * t + c] =
                            i + (bits & 1) + nx * (j + (bits >> 1 & 1) + ny * (k + (bits >> 2 & 1)));
                }
                regions[6 * cell + t] = region.applyAsInt(cell);
            }
        }
        return TetrahedralMesh.owning(coordinates, corners, regions);
    }

    static TetrahedralMesh cube(int cells, double length) {
        return box(planes(cells, length), planes(cells, length), planes(cells, length));
    }

    /** The same with every node moved at random by up to a share of the spacing; outer nodes stay in their planes. */
    static TetrahedralMesh irregular(TetrahedralMesh cube, double spacing, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] places = cube.copyOfCoordinates();
        double[] low = bound(cube, -1);
        double[] high = bound(cube, 1);
        for (int n = 0; n < places.length; n++) {
            double by = share * spacing * (2 * random.nextDouble() - 1);
            if (places[n] > low[n % 3] && places[n] < high[n % 3]) {
                places[n] += by;
            }
        }
        return cube.at(places);
    }

    /** Greatest (1) or least (-1) coordinates. */
    static double[] bound(TetrahedralMesh mesh, int sign) {
        double[] bound = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            bound[axis] = mesh.coordinate(0, axis);
            for (int node = 1; node < mesh.nodes(); node++) {
                double value = mesh.coordinate(node, axis);
                bound[axis] = sign > 0 ? Math.max(bound[axis], value) : Math.min(bound[axis], value);
            }
        }
        return bound;
    }

    static IntPredicate at(TetrahedralMesh mesh, int axis, double value) {
        return node -> Math.abs(mesh.coordinate(node, axis) - value) < 1e-12;
    }

    static IntPredicate outside(TetrahedralMesh mesh) {
        double[] low = bound(mesh, -1);
        double[] high = bound(mesh, 1);
        return node -> {
            for (int axis = 0; axis < 3; axis++) {
                double value = mesh.coordinate(node, axis);
                if (value == low[axis] || value == high[axis]) {
                    return true;
                }
            }
            return false;
        };
    }

    static List<NodeRestraint> fixed(TetrahedralMesh mesh, IntPredicate where) {
        List<NodeRestraint> all = new ArrayList<>();
        for (int node = 0; node < mesh.nodes(); node++) {
            if (where.test(node)) {
                all.add(NodeRestraint.fixed(node));
            }
        }
        return all;
    }

    static Map<Integer, ElasticMaterial> material(double young, double poisson) {
        return Map.of(1, new ElasticMaterial(young, poisson, 1000, 0, "test"));
    }
}
