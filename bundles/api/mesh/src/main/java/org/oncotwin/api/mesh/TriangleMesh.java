package org.oncotwin.api.mesh;

import java.util.Arrays;

/** Nodes and the triangles between them; the corners of a triangle are in anticlockwise order as seen from outside. Coordinates are in metres. Immutable. */
public final class TriangleMesh {

    private final double[] coordinates;
    private final int[] corners;

    private TriangleMesh(double[] coordinates, int[] corners) {
        Checks.coordinates(coordinates);
        if (corners.length == 0 || corners.length % 3 != 0) {
            throw new IllegalArgumentException("triangles have three corners each, not " + corners.length + " in all");
        }
        Checks.corners(corners, 3, coordinates.length / 3);
        this.coordinates = coordinates;
        this.corners = corners;
    }

    /**
     * A mesh with copies of the arrays.
     *
     * @param coordinates x, y and z of each node in metres
     * @param corners three nodes of each triangle
     * @throws IllegalArgumentException if a number is not finite, a corner is no node, or a node is of no triangle
     */
    public static TriangleMesh of(double[] coordinates, int[] corners) {
        return new TriangleMesh(coordinates.clone(), corners.clone());
    }

    /** As {@link #of}, but takes the arrays over; the caller must never write to them again. */
    public static TriangleMesh owning(double[] coordinates, int[] corners) {
        return new TriangleMesh(coordinates, corners);
    }

    /** Number of nodes. */
    public int nodes() {
        return coordinates.length / 3;
    }

    /** Number of triangles. */
    public int triangles() {
        return corners.length / 3;
    }

    /** A coordinate of a node in metres; axis 0, 1 or 2. */
    public double coordinate(int node, int axis) {
        return coordinates[3 * node + axis];
    }

    /** The node at a corner of a triangle; corner 0, 1 or 2. */
    public int corner(int triangle, int corner) {
        return corners[3 * triangle + corner];
    }

    /** Volume within a closed surface in m3, by the divergence theorem; negative if its triangles are seen from inside. */
    public double enclosedVolume() {
        double volume = 0;
        for (int t = 0; t < corners.length; t += 3) {
            int a = 3 * corners[t];
            int b = 3 * corners[t + 1];
            int c = 3 * corners[t + 2];
            volume += coordinates[a]
                            * (coordinates[b + 1] * coordinates[c + 2] - coordinates[b + 2] * coordinates[c + 1])
                    + coordinates[a + 1] * (coordinates[b + 2] * coordinates[c] - coordinates[b] * coordinates[c + 2])
                    + coordinates[a + 2] * (coordinates[b] * coordinates[c + 1] - coordinates[b + 1] * coordinates[c]);
        }
        return volume / 6;
    }

    /** A copy of the coordinates in metres, x, y and z of each node. */
    public double[] copyOfCoordinates() {
        return coordinates.clone();
    }

    /** A copy of the corners, three nodes of each triangle. */
    public int[] copyOfCorners() {
        return corners.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TriangleMesh mesh
                && Arrays.equals(coordinates, mesh.coordinates)
                && Arrays.equals(corners, mesh.corners);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(coordinates) + Arrays.hashCode(corners);
    }

    @Override
    public String toString() {
        return triangles() + " triangles between " + nodes() + " nodes";
    }
}
