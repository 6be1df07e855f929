package org.oncotwin.geometry;

/** Moves nodes of tetrahedra one by one, never so that a tetrahedron leaves its bounds. Coordinates count cubes. */
final class NodeSteps {

    private static final int BISECTIONS = 4;

    /** Least gain of the worst tetrahedron around a node for which it moves. */
    private static final double GAIN = 1e-9;

    private final double[] places;
    private final double[] rest;
    private final int[] corners;
    private final int[] first;
    private final int[] around;
    private final double smallestCosine;
    private final double largestCosine;
    private final double shortestSquared;
    private final TetrahedronShape shape = new TetrahedronShape();

    NodeSteps(double[] coordinates, int[] corners, AngleBounds bounds) {
        this.places = coordinates.clone();
        this.rest = coordinates;
        this.corners = corners;
        this.first = firsts(corners, coordinates.length / 3);
        this.around = around(corners, first);
        this.smallestCosine = Math.cos(Math.toRadians(bounds.largest()));
        this.largestCosine = Math.cos(Math.toRadians(bounds.smallest()));
        this.shortestSquared = bounds.shortest() * bounds.shortest();
    }

    /** Where in the tetrahedra around nodes those of each node begin, and the end. */
    static int[] firsts(int[] corners, int nodes) {
        int[] first = new int[nodes + 1];
        for (int corner : corners) {
            first[corner + 1]++;
        }
        for (int n = 0; n < nodes; n++) {
            first[n + 1] += first[n];
        }
        return first;
    }

    /** Tetrahedra around nodes, ascending for each. */
    static int[] around(int[] corners, int[] first) {
        int[] place = first.clone();
        int[] around = new int[corners.length];
        for (int n = 0; n < corners.length; n++) {
            around[place[corners[n]]] = n / 4;
            place[corners[n]]++;
        }
        return around;
    }

    double[] places() {
        return places;
    }

    /** Moves a node as much of the way as its cell and its tetrahedra let it: all, or a half, a quarter and so on. */
    void towards(int node, double x, double y, double z) {
        int at = 3 * node;
        double fromX = places[at];
        double fromY = places[at + 1];
        double fromZ = places[at + 2];
        double stepX = NetRelaxation.within(rest[at], x) - fromX;
        double stepY = NetRelaxation.within(rest[at + 1], y) - fromY;
        double stepZ = NetRelaxation.within(rest[at + 2], z) - fromZ;
        if (stepX == 0 && stepY == 0 && stepZ == 0) {
            return;
        }
        double part = 1;
        for (int n = 0; n < BISECTIONS; n++) {
            places[at] = fromX + part * stepX;
            places[at + 1] = fromY + part * stepY;
            places[at + 2] = fromZ + part * stepZ;
            if (allowed(node)) {
                return;
            }
            part /= 2;
        }
        places[at] = fromX;
        places[at + 1] = fromY;
        places[at + 2] = fromZ;
    }

    /** Moves a node to the mean of its neighbours if the worst tetrahedron around it gets better. */
    void improve(int node) {
        int at = 3 * node;
        double x = 0;
        double y = 0;
        double z = 0;
        int count = 0;
        for (int n = first[node]; n < first[node + 1]; n++) {
            for (int corner = 4 * around[n]; corner < 4 * around[n] + 4; corner++) {
                int other = 3 * corners[corner];
                if (other != at) {
                    x += places[other];
                    y += places[other + 1];
                    z += places[other + 2];
                    count++;
                }
            }
        }
        double fromX = places[at];
        double fromY = places[at + 1];
        double fromZ = places[at + 2];
        double before = worst(node);
        towards(node, x / count, y / count, z / count);
        if (worst(node) <= before + GAIN) {
            places[at] = fromX;
            places[at + 1] = fromY;
            places[at + 2] = fromZ;
        }
    }

    private boolean allowed(int node) {
        for (int n = first[node]; n < first[node + 1]; n++) {
            look(around[n]);
            if (!(shape.volume() > 0
                    && shape.smallestCosine() >= smallestCosine
                    && shape.largestCosine() <= largestCosine
                    && shape.shortestSquared() >= shortestSquared)) {
                return false;
            }
        }
        return true;
    }

    /** Smallest squared sine of all dihedral angles around a node. */
    private double worst(int node) {
        double worst = 1;
        for (int n = first[node]; n < first[node + 1]; n++) {
            look(around[n]);
            double small = shape.smallestCosine();
            double large = shape.largestCosine();
            worst = Math.min(worst, 1 - Math.max(small * small, large * large));
        }
        return worst;
    }

    private void look(int tetrahedron) {
        int n = 4 * tetrahedron;
        shape.look(places, 3 * corners[n], 3 * corners[n + 1], 3 * corners[n + 2], 3 * corners[n + 3]);
    }
}
