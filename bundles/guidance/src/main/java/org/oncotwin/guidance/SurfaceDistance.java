package org.oncotwin.guidance;

import java.util.Arrays;
import org.oncotwin.api.mesh.TriangleMesh;

/**
 * Signed distance of points from a closed surface: negative inside. The nearest point is exact (Ericson C 2005. Real-Time Collision Detection, section 5.1.5); the sign is that of the angle-weighted pseudonormal of the face, edge or node
 * on which it lies (Bærentzen JA, Aanæs H 2005. Signed distance computation using the angle weighted pseudonormal. IEEE Trans Vis Comput Graph 11:243-253). A tree of boxes keeps a query short; it allocates nothing. Not for several threads
 * at once: each takes its own {@link Query}.
 */
public final class SurfaceDistance {

    private static final int LEAF = 4;
    private static final int DEEPEST = 64;

    private final double[] coordinates;
    private final int[] corners;
    /** Normals of faces, of the edges opposite to each corner, and of nodes, not normalised: only their direction counts. */
    private final double[] faceNormals;

    private final double[] edgeNormals;
    private final double[] nodeNormals;
    /** Triangles in the order of the leaves. */
    private final int[] order;
    /** Six numbers per box, lowest and highest; for leaves first and count of their triangles, for others the child and -1. */
    private double[] boxes;

    private int[] first;
    private int[] count;
    private int nodes;

    /**
     * Prepares a surface.
     *
     * @param surface closed, its triangles seen from outside in anticlockwise order
     * @throws IllegalArgumentException if an edge has not exactly two triangles, which run along it in opposite directions, or a triangle has no area
     */
    public SurfaceDistance(TriangleMesh surface) {
        coordinates = surface.copyOfCoordinates();
        corners = surface.copyOfCorners();
        int triangles = surface.triangles();
        faceNormals = new double[3 * triangles];
        edgeNormals = new double[9 * triangles];
        nodeNormals = new double[coordinates.length];
        normals(triangles);
        order = new int[triangles];
        for (int t = 0; t < triangles; t++) {
            order[t] = t;
        }
        boxes = new double[12 * triangles];
        first = new int[2 * triangles];
        count = new int[2 * triangles];
        nodes = 1;
        build(0, 0, triangles, centres(triangles));
        boxes = Arrays.copyOf(boxes, 6 * nodes);
        first = Arrays.copyOf(first, nodes);
        count = Arrays.copyOf(count, nodes);
    }

    // ---- Normals ----

    private void normals(int triangles) {
        for (int t = 0; t < triangles; t++) {
            faceNormal(t);
            for (int corner = 0; corner < 3; corner++) {
                addNodeNormal(t, corner);
            }
        }
        // The two sides of an edge are found by sorting; a closed surface has each edge once in each direction.
        long[] edges = new long[3 * triangles];
        long nodeCount = coordinates.length / 3;
        for (int t = 0; t < triangles; t++) {
            for (int corner = 0; corner < 3; corner++) {
                long from = corners[3 * t + (corner + 1) % 3];
                long to = corners[3 * t + (corner + 2) % 3];
                edges[3 * t + corner] = Math.min(from, to) * nodeCount + Math.max(from, to);
            }
        }
        Integer[] sorted = new Integer[edges.length];
        Arrays.setAll(sorted, n -> n);
        Arrays.sort(sorted, (a, b) -> Long.compare(edges[a], edges[b]));
        for (int n = 0; n < sorted.length; n += 2) {
            int one = sorted[n];
            int other = n + 1 < sorted.length ? sorted[n + 1] : -1;
            boolean twice = n + 2 < sorted.length && edges[sorted[n + 2]] == edges[one];
            if (other < 0 || edges[other] != edges[one] || twice || start(one) == start(other)) {
                throw new IllegalArgumentException("the surface is not closed: the edge between nodes "
                        + edges[one] / nodeCount + " and " + edges[one] % nodeCount
                        + " has not exactly two triangles that run along it in opposite directions");
            }
            for (int axis = 0; axis < 3; axis++) {
                double sum = faceNormals[3 * (one / 3) + axis] + faceNormals[3 * (other / 3) + axis];
                edgeNormals[3 * one + axis] = sum;
                edgeNormals[3 * other + axis] = sum;
            }
        }
    }

    /** The node at which an edge of a triangle starts. */
    private int start(int edge) {
        return corners[3 * (edge / 3) + (edge % 3 + 1) % 3];
    }

    private void faceNormal(int t) {
        int a = 3 * corners[3 * t];
        int b = 3 * corners[3 * t + 1];
        int c = 3 * corners[3 * t + 2];
        double ux = coordinates[b] - coordinates[a];
        double uy = coordinates[b + 1] - coordinates[a + 1];
        double uz = coordinates[b + 2] - coordinates[a + 2];
        double vx = coordinates[c] - coordinates[a];
        double vy = coordinates[c + 1] - coordinates[a + 1];
        double vz = coordinates[c + 2] - coordinates[a + 2];
        double x = uy * vz - uz * vy;
        double y = uz * vx - ux * vz;
        double z = ux * vy - uy * vx;
        double length = Math.sqrt(x * x + y * y + z * z);
        if (!(length > 0)) {
            throw new IllegalArgumentException("triangle " + t + " of the surface has no area");
        }
        faceNormals[3 * t] = x / length;
        faceNormals[3 * t + 1] = y / length;
        faceNormals[3 * t + 2] = z / length;
    }

    /** Adds the normal of a face to that of a node, by the angle there. */
    private void addNodeNormal(int t, int corner) {
        int a = 3 * corners[3 * t + corner];
        int b = 3 * corners[3 * t + (corner + 1) % 3];
        int c = 3 * corners[3 * t + (corner + 2) % 3];
        double dot = 0;
        double u2 = 0;
        double v2 = 0;
        for (int axis = 0; axis < 3; axis++) {
            double u = coordinates[b + axis] - coordinates[a + axis];
            double v = coordinates[c + axis] - coordinates[a + axis];
            dot += u * v;
            u2 += u * u;
            v2 += v * v;
        }
        double angle = Math.acos(Math.max(-1, Math.min(1, dot / Math.sqrt(u2 * v2))));
        for (int axis = 0; axis < 3; axis++) {
            nodeNormals[a + axis] += angle * faceNormals[3 * t + axis];
        }
    }

    // ---- Tree ----

    private double[] centres(int triangles) {
        double[] centres = new double[3 * triangles];
        for (int t = 0; t < triangles; t++) {
            for (int axis = 0; axis < 3; axis++) {
                centres[3 * t + axis] = (coordinates[3 * corners[3 * t] + axis]
                                + coordinates[3 * corners[3 * t + 1] + axis]
                                + coordinates[3 * corners[3 * t + 2] + axis])
                        / 3;
            }
        }
        return centres;
    }

    private void build(int box, int from, int to, double[] centres) {
        bound(box, from, to);
        if (to - from <= LEAF) {
            first[box] = from;
            count[box] = to - from;
            return;
        }
        int axis = longest(box);
        Integer[] part = new Integer[to - from];
        Arrays.setAll(part, n -> order[from + n]);
        Arrays.sort(part, (a, b) -> {
            int byPlace = Double.compare(centres[3 * a + axis], centres[3 * b + axis]);
            return byPlace != 0 ? byPlace : Integer.compare(a, b);
        });
        for (int n = 0; n < part.length; n++) {
            order[from + n] = part[n];
        }
        int middle = (from + to) >>> 1;
        int left = nodes;
        nodes += 2;
        first[box] = left;
        count[box] = -1;
        build(left, from, middle, centres);
        build(left + 1, middle, to, centres);
    }

    private int longest(int box) {
        int longest = 0;
        for (int axis = 1; axis < 3; axis++) {
            if (boxes[6 * box + 3 + axis] - boxes[6 * box + axis]
                    > boxes[6 * box + 3 + longest] - boxes[6 * box + longest]) {
                longest = axis;
            }
        }
        return longest;
    }

    private void bound(int box, int from, int to) {
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int n = from; n < to; n++) {
                for (int corner = 0; corner < 3; corner++) {
                    double x = coordinates[3 * corners[3 * order[n] + corner] + axis];
                    low = Math.min(low, x);
                    high = Math.max(high, x);
                }
            }
            boxes[6 * box + axis] = low;
            boxes[6 * box + 3 + axis] = high;
        }
    }

    /** A query of one thread. */
    public Query query() {
        return new Query();
    }

    /** Asks for distances, one after the other. */
    public final class Query {

        private final int[] stack = new int[2 * DEEPEST];
        private final double[] candidate = new double[3];
        private final double[] nearest = new double[3];
        private double squared;
        private int triangle;
        private int feature;
        private int candidateFeature;

        private Query() {}

        /**
         * Distance of a point in m, negative inside.
         *
         * @param x in m, finite, as y and z
         */
        public double distance(double x, double y, double z) {
            squared = Double.POSITIVE_INFINITY;
            triangle = -1;
            int depth = 0;
            stack[depth] = 0;
            depth++;
            while (depth > 0) {
                depth--;
                int box = stack[depth];
                if (toBox(box, x, y, z) > squared) {
                    continue;
                }
                if (count[box] >= 0) {
                    for (int n = first[box]; n < first[box] + count[box]; n++) {
                        tryTriangle(order[n], x, y, z);
                    }
                    continue;
                }
                int near = first[box];
                int far = near + 1;
                if (toBox(near, x, y, z) > toBox(far, x, y, z)) {
                    near = far;
                    far = first[box];
                }
                stack[depth] = far;
                stack[depth + 1] = near;
                depth += 2;
            }
            return inside(x, y, z) ? -Math.sqrt(squared) : Math.sqrt(squared);
        }

        /** The nearest point of the surface to the last point that was asked for; a coordinate in m, axis 0, 1 or 2. */
        public double nearest(int axis) {
            return nearest[axis];
        }

        private double toBox(int box, double x, double y, double z) {
            double dx = Math.max(0, Math.max(boxes[6 * box] - x, x - boxes[6 * box + 3]));
            double dy = Math.max(0, Math.max(boxes[6 * box + 1] - y, y - boxes[6 * box + 4]));
            double dz = Math.max(0, Math.max(boxes[6 * box + 2] - z, z - boxes[6 * box + 5]));
            return dx * dx + dy * dy + dz * dz;
        }

        /** Of points at one distance the one of the lowest triangle counts, so that the order of the tree does not matter. */
        private void tryTriangle(int t, double x, double y, double z) {
            closest(t, x, y, z);
            double dx = candidate[0] - x;
            double dy = candidate[1] - y;
            double dz = candidate[2] - z;
            double d = dx * dx + dy * dy + dz * dz;
            if (d < squared || d == squared && t < triangle) {
                squared = d;
                triangle = t;
                feature = candidateFeature;
                System.arraycopy(candidate, 0, nearest, 0, 3);
            }
        }

        /** The nearest point of a triangle, and on which part of it that lies: 0 to 2 a corner, 3 to 5 the edge opposite to a corner, 6 the face. */
        private void closest(int t, double x, double y, double z) {
            int a = 3 * corners[3 * t];
            int b = 3 * corners[3 * t + 1];
            int c = 3 * corners[3 * t + 2];
            double abx = coordinates[b] - coordinates[a];
            double aby = coordinates[b + 1] - coordinates[a + 1];
            double abz = coordinates[b + 2] - coordinates[a + 2];
            double acx = coordinates[c] - coordinates[a];
            double acy = coordinates[c + 1] - coordinates[a + 1];
            double acz = coordinates[c + 2] - coordinates[a + 2];
            double apx = x - coordinates[a];
            double apy = y - coordinates[a + 1];
            double apz = z - coordinates[a + 2];
            double d1 = abx * apx + aby * apy + abz * apz;
            double d2 = acx * apx + acy * apy + acz * apz;
            if (d1 <= 0 && d2 <= 0) {
                corner(0, a);
                return;
            }
            double bpx = x - coordinates[b];
            double bpy = y - coordinates[b + 1];
            double bpz = z - coordinates[b + 2];
            double d3 = abx * bpx + aby * bpy + abz * bpz;
            double d4 = acx * bpx + acy * bpy + acz * bpz;
            if (d3 >= 0 && d4 <= d3) {
                corner(1, b);
                return;
            }
            double vc = d1 * d4 - d3 * d2;
            if (vc <= 0 && d1 >= 0 && d3 <= 0) {
                on(5, a, d1 / (d1 - d3), abx, aby, abz, 0, 0, 0, 0);
                return;
            }
            double cpx = x - coordinates[c];
            double cpy = y - coordinates[c + 1];
            double cpz = z - coordinates[c + 2];
            double d5 = abx * cpx + aby * cpy + abz * cpz;
            double d6 = acx * cpx + acy * cpy + acz * cpz;
            if (d6 >= 0 && d5 <= d6) {
                corner(2, c);
                return;
            }
            double vb = d5 * d2 - d1 * d6;
            if (vb <= 0 && d2 >= 0 && d6 <= 0) {
                on(4, a, d2 / (d2 - d6), acx, acy, acz, 0, 0, 0, 0);
                return;
            }
            double va = d3 * d6 - d5 * d4;
            if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
                double w = (d4 - d3) / (d4 - d3 + (d5 - d6));
                on(3, b, w, acx - abx, acy - aby, acz - abz, 0, 0, 0, 0);
                return;
            }
            double denominator = 1 / (va + vb + vc);
            on(6, a, vb * denominator, abx, aby, abz, vc * denominator, acx, acy, acz);
        }

        private void corner(int which, int at) {
            candidateFeature = which;
            System.arraycopy(coordinates, at, candidate, 0, 3);
        }

        private void on(
                int which,
                int from,
                double v,
                double ux,
                double uy,
                double uz,
                double w,
                double vx,
                double vy,
                double vz) {
            candidateFeature = which;
            candidate[0] = coordinates[from] + v * ux + w * vx;
            candidate[1] = coordinates[from + 1] + v * uy + w * vy;
            candidate[2] = coordinates[from + 2] + v * uz + w * vz;
        }

        private boolean inside(double x, double y, double z) {
            double[] normals = feature == 6 ? faceNormals : feature >= 3 ? edgeNormals : nodeNormals;
            int at = feature == 6
                    ? 3 * triangle
                    : feature >= 3 ? 3 * (3 * triangle + feature - 3) : 3 * corners[3 * triangle + feature];
            return (x - nearest[0]) * normals[at]
                            + (y - nearest[1]) * normals[at + 1]
                            + (z - nearest[2]) * normals[at + 2]
                    < 0;
        }
    }
}
