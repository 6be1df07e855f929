package org.oncotwin.geometry;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/** Labels of known shapes. */
final class Labels {

    /** A placement that turns and shifts. */
    static final Placement SUPINE = Placement.supine(10, -20, 30);

    /** Voxels of 0.9 x 1.3 x 2.1 mm, turned by 30 degrees about z and then 20 about x, with a left-handed order. */
    static final Affine OBLIQUE = oblique();

    private Labels() {}

    /** Says which label a point in mm has. */
    interface Shape {
        int label(double x, double y, double z);
    }

    static LabelField of(Grid grid, Shape shape, Map<String, Integer> names) {
        byte[] labels = new byte[grid.size()];
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    double[] p = grid.affine().apply(i, j, k);
                    labels[grid.index(i, j, k)] = (byte) shape.label(p[0], p[1], p[2]);
                }
            }
        }
        return LabelField.owning(grid, labels, names);
    }

    /** A box of voxels with label 1. */
    static LabelField box(int x, int y, int z, double spacing) {
        Grid grid = new Grid(x, y, z, Affine.scaling(spacing, spacing, spacing));
        return of(grid, (a, b, c) -> 1, Map.of("box", 1));
    }

    /** A ball with label 2 within one with label 1, both around a point. */
    static LabelField balls(Grid grid, double inner, double outer, double... centre) {
        return of(
                grid,
                (x, y, z) -> {
                    double r = Math.sqrt(
                            Math.pow(x - centre[0], 2) + Math.pow(y - centre[1], 2) + Math.pow(z - centre[2], 2));
                    return r < inner ? 2 : r < outer ? 1 : 0;
                },
                Map.of("shell", 1, "core", 2));
    }

    /** Noise, blobs, sheets as thin as a voxel and bars that touch at edges and corners, with one to four labels. */
    static LabelField random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 7 + random.nextInt(5);
        int kinds = 1 + random.nextInt(4);
        Grid grid = new Grid(n, n + 1, n + 2, Affine.scaling(2, 2, 2));
        byte[] labels = new byte[grid.size()];
        double noise = random.nextInt(3) == 0 ? 0.5 : 0.02;
        int sheet = random.nextInt(n);
        int diagonal = random.nextInt(n);
        double[] centre = {random.nextDouble(n), random.nextDouble(n), random.nextDouble(n)};
        double radius = 2 + random.nextDouble(n / 2.0);
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    double r = Math.hypot(Math.hypot(i - centre[0], j - centre[1]), k - centre[2]);
                    int label = r < radius ? 1 : 0;
                    label = i == sheet ? kinds : label;
                    label = i + j == diagonal + k ? 1 + (kinds > 1 ? 1 : 0) : label;
                    label = random.nextDouble() < noise ? random.nextInt(kinds + 1) : label;
                    labels[grid.index(i, j, k)] = (byte) label;
                }
            }
        }
        Map<String, Integer> names = new TreeMap<>();
        for (byte label : labels) {
            if (label > 0) {
                names.put("kind-" + label, (int) label);
            }
        }
        return LabelField.owning(grid, labels, names);
    }

    private static Affine oblique() {
        double c = Math.cos(Math.toRadians(30));
        double s = Math.sin(Math.toRadians(30));
        double d = Math.cos(Math.toRadians(20));
        double e = Math.sin(Math.toRadians(20));
        // Columns of Rx(20) Rz(30), the first one reversed.
        return Affine.of(
                -0.9 * c,
                -1.3 * s,
                0,
                17,
                -0.9 * d * s,
                1.3 * d * c,
                -2.1 * e,
                -31,
                -0.9 * e * s,
                1.3 * e * c,
                2.1 * d,
                5);
    }
}
