package org.oncotwin.api.mesh;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Nodes and the tetrahedra between them, each of which belongs to a region. Neighbouring tetrahedra share nodes, also across regions. Coordinates are in metres. The corners of a tetrahedron are in such an order that
 * {@code (b - a) x (c - a) . (d - a)} is positive. Immutable.
 */
public final class TetrahedralMesh {

    /** Largest number of a region. */
    public static final int LARGEST_REGION = 255;

    /** Corners of the four faces, seen from outside in anticlockwise order: the faces opposite to corner 0, 1, 2 and 3, as in OpenUSD's {@code UsdGeomTetMesh}. */
    private static final int[][] FACES = {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}};

    private final double[] coordinates;
    private final int[] corners;
    private final int[] regions;

    private TetrahedralMesh(double[] coordinates, int[] corners, int[] regions) {
        Checks.coordinates(coordinates);
        if (corners.length != 4 * regions.length) {
            throw new IllegalArgumentException(
                    regions.length + " tetrahedra have " + 4 * regions.length + " corners, not " + corners.length);
        }
        if (regions.length == 0) {
            throw new IllegalArgumentException("a mesh has one tetrahedron or more");
        }
        Checks.corners(corners, 4, coordinates.length / 3);
        this.coordinates = coordinates;
        this.corners = corners;
        this.regions = regions;
        for (int t = 0; t < regions.length; t++) {
            if (regions[t] < 1 || regions[t] > LARGEST_REGION) {
                throw new IllegalArgumentException(
                        "the region of tetrahedron " + t + " is " + regions[t] + "; allowed is 1 to " + LARGEST_REGION);
            }
            if (!(volume(t) > 0)) {
                throw new IllegalArgumentException("tetrahedron " + t + " is flat or inverted: its volume is "
                        + volume(t) + " m3; allowed is above 0");
            }
        }
    }

    /**
     * A mesh with copies of the arrays.
     *
     * @param coordinates x, y and z of each node in metres
     * @param corners four nodes of each tetrahedron
     * @param regions region of each tetrahedron, 1 to {@value #LARGEST_REGION}
     * @throws IllegalArgumentException if a number is not finite, a corner is no node, a node is of no tetrahedron, or a tetrahedron is flat or inverted
     */
    public static TetrahedralMesh of(double[] coordinates, int[] corners, int[] regions) {
        return new TetrahedralMesh(coordinates.clone(), corners.clone(), regions.clone());
    }

    /** As {@link #of}, but takes the arrays over; the caller must never write to them again. */
    public static TetrahedralMesh owning(double[] coordinates, int[] corners, int[] regions) {
        return new TetrahedralMesh(coordinates, corners, regions);
    }

    /**
     * The same tetrahedra with their nodes elsewhere.
     *
     * @throws IllegalArgumentException if there are not as many nodes, or as {@link #of}
     */
    public TetrahedralMesh at(double[] elsewhere) {
        if (elsewhere.length != coordinates.length) {
            throw new IllegalArgumentException(
                    nodes() + " nodes have " + coordinates.length + " coordinates, not " + elsewhere.length);
        }
        return new TetrahedralMesh(elsewhere.clone(), corners, regions);
    }

    /** Number of nodes. */
    public int nodes() {
        return coordinates.length / 3;
    }

    /** Number of tetrahedra. */
    public int tetrahedra() {
        return regions.length;
    }

    /** A coordinate of a node in metres; axis 0, 1 or 2. */
    public double coordinate(int node, int axis) {
        return coordinates[3 * node + axis];
    }

    /** The node at a corner of a tetrahedron; corner 0 to 3. */
    public int corner(int tetrahedron, int corner) {
        return corners[4 * tetrahedron + corner];
    }

    /** Region of a tetrahedron. */
    public int region(int tetrahedron) {
        return regions[tetrahedron];
    }

    /** Volume of a tetrahedron in m3. */
    public double volume(int tetrahedron) {
        int a = 3 * corners[4 * tetrahedron];
        int b = 3 * corners[4 * tetrahedron + 1];
        int c = 3 * corners[4 * tetrahedron + 2];
        int d = 3 * corners[4 * tetrahedron + 3];
        double ux = coordinates[b] - coordinates[a];
        double uy = coordinates[b + 1] - coordinates[a + 1];
        double uz = coordinates[b + 2] - coordinates[a + 2];
        double vx = coordinates[c] - coordinates[a];
        double vy = coordinates[c + 1] - coordinates[a + 1];
        double vz = coordinates[c + 2] - coordinates[a + 2];
        double wx = coordinates[d] - coordinates[a];
        double wy = coordinates[d + 1] - coordinates[a + 1];
        double wz = coordinates[d + 2] - coordinates[a + 2];
        return ((uy * vz - uz * vy) * wx + (uz * vx - ux * vz) * wy + (ux * vy - uy * vx) * wz) / 6;
    }

    /** Volume of a region in m3; 0 if there is no such region. */
    public double volumeOfRegion(int region) {
        double volume = 0;
        for (int t = 0; t < regions.length; t++) {
            if (regions[t] == region) {
                volume += volume(t);
            }
        }
        return volume;
    }

    /** The regions that there are. */
    public SortedSet<Integer> regions() {
        SortedSet<Integer> all = new TreeSet<>();
        for (int region : regions) {
            all.add(region);
        }
        return Collections.unmodifiableSortedSet(all);
    }

    /** A copy of the coordinates in metres, x, y and z of each node. */
    public double[] copyOfCoordinates() {
        return coordinates.clone();
    }

    /** A copy of the corners, four nodes of each tetrahedron. */
    public int[] copyOfCorners() {
        return corners.clone();
    }

    /** The outer faces, those of one tetrahedron only: three nodes each, seen from outside in anticlockwise order, in the order of the tetrahedra. */
    public int[] outerFaces() {
        int faces = FACES.length * regions.length;
        // A face is known by its nodes in ascending order; sorting brings the two sides of one together.
        long[][] keys = new long[faces][];
        for (int f = 0; f < faces; f++) {
            int[] nodes = face(f);
            Arrays.sort(nodes);
            keys[f] = new long[] {nodes[0], nodes[1], nodes[2], f};
        }
        Arrays.sort(keys, Arrays::compare);
        boolean[] outer = new boolean[faces];
        for (int n = 0; n < faces; n++) {
            boolean shared = n > 0 && sameFace(keys[n - 1], keys[n]) || n < faces - 1 && sameFace(keys[n], keys[n + 1]);
            outer[(int) keys[n][3]] = !shared;
        }
        int[] found = new int[3 * faces];
        int count = 0;
        for (int f = 0; f < faces; f++) {
            if (outer[f]) {
                for (int node : face(f)) {
                    found[count] = node;
                    count++;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static boolean sameFace(long[] one, long[] other) {
        return Arrays.equals(one, 0, 3, other, 0, 3);
    }

    private int[] face(int number) {
        int first = 4 * (number / FACES.length);
        int[] places = FACES[number % FACES.length];
        return new int[] {corners[first + places[0]], corners[first + places[1]], corners[first + places[2]]};
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TetrahedralMesh mesh
                && Arrays.equals(coordinates, mesh.coordinates)
                && Arrays.equals(corners, mesh.corners)
                && Arrays.equals(regions, mesh.regions);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(coordinates) + Arrays.hashCode(corners)) + Arrays.hashCode(regions);
    }

    @Override
    public String toString() {
        return tetrahedra() + " tetrahedra between " + nodes() + " nodes in "
                + regions().size() + " regions";
    }
}
