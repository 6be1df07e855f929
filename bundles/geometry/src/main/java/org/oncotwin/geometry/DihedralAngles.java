package org.oncotwin.geometry;

/** The angles between the faces of a tetrahedron. */
final class DihedralAngles {

    /** The two corners of each edge and the two others. */
    private static final int[][] EDGES = {
        {0, 1, 2, 3}, {0, 2, 1, 3}, {0, 3, 1, 2}, {1, 2, 0, 3}, {1, 3, 0, 2}, {2, 3, 0, 1}
    };

    private double smallest;
    private double largest;

    /** Smallest in degrees of the tetrahedron that was looked at last. */
    double smallest() {
        return smallest;
    }

    /** Largest in degrees of the tetrahedron that was looked at last. */
    double largest() {
        return largest;
    }

    /**
     * Looks at a tetrahedron.
     *
     * @param places coordinates of all nodes
     * @param corners its nodes from a place on
     */
    void look(double[] places, int[] corners, int at) {
        double least = -1;
        double most = 1;
        for (int[] edge : EDGES) {
            double cosine = cosine(
                    places,
                    3 * corners[at + edge[0]],
                    3 * corners[at + edge[1]],
                    3 * corners[at + edge[2]],
                    3 * corners[at + edge[3]]);
            least = Math.max(least, cosine);
            most = Math.min(most, cosine);
        }
        smallest = Math.toDegrees(Math.acos(least));
        largest = Math.toDegrees(Math.acos(most));
    }

    /** Of the angle between the half planes from an edge through two points. */
    private static double cosine(double[] p, int a, int b, int c, int d) {
        double ex = p[b] - p[a];
        double ey = p[b + 1] - p[a + 1];
        double ez = p[b + 2] - p[a + 2];
        double ux = p[c] - p[a];
        double uy = p[c + 1] - p[a + 1];
        double uz = p[c + 2] - p[a + 2];
        double vx = p[d] - p[a];
        double vy = p[d + 1] - p[a + 1];
        double vz = p[d + 2] - p[a + 2];
        double nx = ey * uz - ez * uy;
        double ny = ez * ux - ex * uz;
        double nz = ex * uy - ey * ux;
        double mx = ey * vz - ez * vy;
        double my = ez * vx - ex * vz;
        double mz = ex * vy - ey * vx;
        double lengths = Math.sqrt((nx * nx + ny * ny + nz * nz) * (mx * mx + my * my + mz * mz));
        double cosine = (nx * mx + ny * my + nz * mz) / lengths;
        // A flat one has an angle of 0.
        return lengths > 0 ? Math.max(-1, Math.min(1, cosine)) : 1;
    }

    /** Six times the volume of a tetrahedron, negative if it is inverted. */
    static double sixfoldVolume(double[] p, int[] corners, int at) {
        int a = 3 * corners[at];
        int b = 3 * corners[at + 1];
        int c = 3 * corners[at + 2];
        int d = 3 * corners[at + 3];
        double ux = p[b] - p[a];
        double uy = p[b + 1] - p[a + 1];
        double uz = p[b + 2] - p[a + 2];
        double vx = p[c] - p[a];
        double vy = p[c + 1] - p[a + 1];
        double vz = p[c + 2] - p[a + 2];
        return (uy * vz - uz * vy) * (p[d] - p[a])
                + (uz * vx - ux * vz) * (p[d + 1] - p[a + 1])
                + (ux * vy - uy * vx) * (p[d + 2] - p[a + 2]);
    }
}
