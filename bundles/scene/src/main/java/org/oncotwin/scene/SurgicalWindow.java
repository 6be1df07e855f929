package org.oncotwin.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Probe;
import org.oncotwin.api.scene.Probe.Phase;
import org.oncotwin.api.scene.Probe.Point;

/** Where the surgeon enters: the point of the outer surface nearest to the middle of the target. The surface is free around it and held everywhere else, as by skull or bed. */
final class SurgicalWindow {

    private static final double CLEARANCE = 0.02;
    private static final double APPROACH_SECONDS = 1;
    private static final double PRESS_SECONDS = 1;
    private static final double HOLD_SECONDS = 0.5;
    private static final double RETRACT_SECONDS = 1;
    private static final double PROBE_DENSITY = 7800;
    private static final double PROBE_FRICTION = 0.1;

    private final TetrahedralMesh mesh;
    private final int[] surface;
    private final int entry;
    private final double[] outwards;

    /**
     * Finds the way in.
     *
     * @param target region of the mesh
     */
    SurgicalWindow(TetrahedralMesh mesh, int target) {
        this.mesh = mesh;
        surface = Arrays.stream(mesh.outerFaces()).sorted().distinct().toArray();
        double[] middle = middle(mesh, target);
        int nearest = surface[0];
        for (int node : surface) {
            if (distance(node, middle) < distance(nearest, middle)) {
                nearest = node;
            }
        }
        entry = nearest;
        outwards = outwards(mesh, entry);
    }

    private static double[] middle(TetrahedralMesh mesh, int region) {
        double[] middle = new double[3];
        double volume = 0;
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            if (mesh.region(t) == region) {
                double v = mesh.volume(t);
                volume += v;
                for (int corner = 0; corner < 4; corner++) {
                    for (int axis = 0; axis < 3; axis++) {
                        middle[axis] += v / 4 * mesh.coordinate(mesh.corner(t, corner), axis);
                    }
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            middle[axis] /= volume;
        }
        return middle;
    }

    /** The normal of the outer faces at a node, each by its area. */
    private static double[] outwards(TetrahedralMesh mesh, int node) {
        int[] faces = mesh.outerFaces();
        double[] sum = new double[3];
        for (int f = 0; f < faces.length; f += 3) {
            if (faces[f] == node || faces[f + 1] == node || faces[f + 2] == node) {
                double[] u = edge(mesh, faces[f], faces[f + 1]);
                double[] v = edge(mesh, faces[f], faces[f + 2]);
                sum[0] += u[1] * v[2] - u[2] * v[1];
                sum[1] += u[2] * v[0] - u[0] * v[2];
                sum[2] += u[0] * v[1] - u[1] * v[0];
            }
        }
        double length = Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
        for (int axis = 0; axis < 3; axis++) {
            sum[axis] /= length;
        }
        return sum;
    }

    private static double[] edge(TetrahedralMesh mesh, int from, int to) {
        double[] edge = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            edge[axis] = mesh.coordinate(to, axis) - mesh.coordinate(from, axis);
        }
        return edge;
    }

    private double distance(int node, double[] point) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = mesh.coordinate(node, axis) - point[axis];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    private double[] point(double outside) {
        double[] point = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            point[axis] = mesh.coordinate(entry, axis) + outside * outwards[axis];
        }
        return point;
    }

    /**
     * What holds the surface outside the window.
     *
     * @param radius of the window in m
     * @throws InvalidInputException if nothing would be held
     */
    Anchor anchor(double radius) {
        double[] centre = point(0);
        List<Integer> held = new ArrayList<>();
        double farthest = 0;
        for (int node : surface) {
            double distance = distance(node, centre);
            farthest = Math.max(farthest, distance);
            if (distance > radius) {
                held.add(node);
            }
        }
        if (held.isEmpty()) {
            throw new InvalidInputException(
                    "--window",
                    String.format(
                            Locale.ROOT,
                            "%.1f mm leaves nothing that holds the tissue; allowed is less than %.1f mm, the distance from the entry to the farthest point of the surface",
                            1000 * radius,
                            1000 * farthest));
        }
        return new Anchor("surface-outside-the-window", held);
    }

    /**
     * A steel sphere that comes to the entry, presses the tissue in, stays and goes away.
     *
     * @param radius of the sphere in m
     * @param depth how far it presses in m
     */
    Probe probe(double radius, double depth) {
        Point far = at(radius + CLEARANCE);
        Point touching = at(radius);
        Point pressed = at(radius - depth);
        return new Probe(
                "probe",
                radius,
                PROBE_DENSITY * 4 / 3 * Math.PI * radius * radius * radius,
                PROBE_FRICTION,
                far,
                List.of(
                        new Phase("approach", APPROACH_SECONDS, touching),
                        new Phase("press", PRESS_SECONDS, pressed),
                        new Phase("hold", HOLD_SECONDS, pressed),
                        new Phase("retract", RETRACT_SECONDS, far)));
    }

    private Point at(double outside) {
        double[] point = point(outside);
        return new Point(point[0], point[1], point[2]);
    }
}
