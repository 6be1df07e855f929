package org.oncotwin.geometry;

import java.util.Arrays;

/** Finds the nearest of many triangles: cubes of space, each with the triangles whose boxes reach into it, are looked through ring by ring around a point. */
final class TriangleBins {

    private static final int MOST_BINS = 1 << 24;

    private final double[] coordinates;
    private final int[] corners;
    private final double[] low = new double[3];
    private final int[] size = new int[3];
    private final double width;
    private final int[] first;
    private final int[] triangles;

    /** Triangles between coordinates, three nodes each, in bins of a width or wider where there would be too many. */
    TriangleBins(double[] coordinates, int[] corners, double smallestWidth) {
        this.coordinates = coordinates;
        this.corners = corners;
        double[] high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int corner : corners) {
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], coordinates[3 * corner + axis]);
                high[axis] = Math.max(high[axis], coordinates[3 * corner + axis]);
            }
        }
        double wide = smallestWidth;
        while (bins(high, wide) > MOST_BINS) {
            wide *= 2;
        }
        this.width = wide;
        for (int axis = 0; axis < 3; axis++) {
            size[axis] = (int) ((high[axis] - low[axis]) / width) + 1;
        }
        this.first = new int[size[0] * size[1] * size[2] + 1];
        for (int t = 0; t < corners.length; t += 3) {
            visit(t, null);
        }
        for (int n = 0; n < first.length - 1; n++) {
            first[n + 1] += first[n];
        }
        this.triangles = new int[first[first.length - 1]];
        int[] place = Arrays.copyOf(first, first.length - 1);
        for (int t = 0; t < corners.length; t += 3) {
            visit(t, place);
        }
    }

    private double bins(double[] high, double wide) {
        double bins = 1;
        for (int axis = 0; axis < 3; axis++) {
            bins *= Math.floor((high[axis] - low[axis]) / wide) + 1;
        }
        return bins;
    }

    /** Counts a triangle in its bins, or writes it into them. */
    private void visit(int triangle, int[] place) {
        for (int k = lowest(triangle, 2); k <= highest(triangle, 2); k++) {
            for (int j = lowest(triangle, 1); j <= highest(triangle, 1); j++) {
                for (int i = lowest(triangle, 0); i <= highest(triangle, 0); i++) {
                    int bin = i + size[0] * (j + size[1] * k);
                    if (place == null) {
                        first[bin + 1]++;
                    } else {
                        triangles[place[bin]] = triangle;
                        place[bin]++;
                    }
                }
            }
        }
    }

    private int lowest(int triangle, int axis) {
        double least = Math.min(
                Math.min(coordinate(triangle, axis), coordinate(triangle + 1, axis)), coordinate(triangle + 2, axis));
        return (int) ((least - low[axis]) / width);
    }

    private int highest(int triangle, int axis) {
        double most = Math.max(
                Math.max(coordinate(triangle, axis), coordinate(triangle + 1, axis)), coordinate(triangle + 2, axis));
        return (int) ((most - low[axis]) / width);
    }

    private double coordinate(int place, int axis) {
        return coordinates[3 * corners[place] + axis];
    }

    /** Distance of a point from the nearest triangle. */
    double distance(double x, double y, double z) {
        int i = (int) Math.floor((x - low[0]) / width);
        int j = (int) Math.floor((y - low[1]) / width);
        int k = (int) Math.floor((z - low[2]) / width);
        double best = Double.POSITIVE_INFINITY;
        int ring = Math.max(0, Math.max(outside(i, 0), Math.max(outside(j, 1), outside(k, 2))));
        // The bins of a ring are as far away as the rings between it and the point are wide.
        for (; ring == 0 || Math.sqrt(best) > (ring - 1) * width; ring++) {
            for (int w = Math.max(0, k - ring); w <= Math.min(size[2] - 1, k + ring); w++) {
                for (int v = Math.max(0, j - ring); v <= Math.min(size[1] - 1, j + ring); v++) {
                    boolean shell = Math.abs(w - k) == ring || Math.abs(v - j) == ring;
                    int step = shell || ring == 0 ? 1 : 2 * ring;
                    for (int u = i - ring; u <= i + ring; u += step) {
                        if (u >= 0 && u < size[0]) {
                            best = Math.min(best, inBin(u + size[0] * (v + size[1] * w), x, y, z));
                        }
                    }
                }
            }
        }
        return Math.sqrt(best);
    }

    /** By how many bins an index lies outside. */
    private int outside(int index, int axis) {
        return Math.max(-index, index - size[axis] + 1);
    }

    private double inBin(int bin, double x, double y, double z) {
        double best = Double.POSITIVE_INFINITY;
        for (int n = first[bin]; n < first[bin + 1]; n++) {
            int t = triangles[n];
            best = Math.min(
                    best,
                    TriangleDistance.squared(
                            coordinates, 3 * corners[t], 3 * corners[t + 1], 3 * corners[t + 2], x, y, z));
        }
        return best;
    }
}
