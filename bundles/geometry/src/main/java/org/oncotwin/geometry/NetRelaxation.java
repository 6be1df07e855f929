package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.twin.Cancellation;

/**
 * Places the vertices of a surface net within their cells (Gibson 1998, Constrained elastic surface nets, MERL TR99-24). A vertex begins where the shares of the cubes on both sides of its faces put the
 * boundary, moves towards the mean of its neighbours, and is held back by its beginning and by its cell. Where three regions or more meet along an edge, its ends have only neighbours along such edges,
 * so that lines between regions stay lines (as in Frisken 2022, J Comput Graph Tech 11(1)). Coordinates count cubes.
 */
final class NetRelaxation {

    /** How far from its corner a vertex may move along each axis; the cell ends at a half. */
    static final double REACH = 0.45;

    /** How much of the way to the mean of its neighbours a vertex goes. */
    private static final double STEP = 0.5;

    private static final int VOLUME_ROUNDS = 10;

    private final LatticeInterface net;
    private final double[] rest;

    /** Six neighbours of each vertex, below and above along each axis, -1 for none. */
    private final int[] neighbours;

    NetRelaxation(LatticeInterface net) {
        this.net = net;
        this.rest = net.rest();
        this.neighbours = neighbours(net);
    }

    /**
     * Coordinates of all vertices after so many rounds.
     *
     * @param fidelity how much of the way back to its beginning a vertex goes in a round, 0 to 1
     */
    double[] relaxed(int rounds, double fidelity, Cancellation cancellation) {
        double[] start = start();
        double[] places = start.clone();
        double[] next = new double[places.length];
        for (int round = 0; round < rounds; round++) {
            cancellation.check();
            for (int n = 0; n < net.vertices(); n++) {
                relax(places, start, next, n, fidelity);
            }
            double[] swapped = places;
            places = next;
            next = swapped;
        }
        balance(places, cancellation);
        return places;
    }

    /** Coordinates of all vertices at rest. */
    double[] rest() {
        return rest.clone();
    }

    /** Keeps a coordinate within the cell of its vertex. */
    static double within(double rest, double place) {
        return Math.max(rest - REACH, Math.min(rest + REACH, place));
    }

    /** Where the shares of cubes put the boundary: across each face it lies as far from the face as the upper cube has of the lower region more than the lower cube of the upper. */
    private double[] start() {
        double[] shifts = new double[rest.length];
        int[] counts = new int[rest.length];
        LabelLattice lattice = net.lattice();
        for (int face = 0; face < net.faces(); face++) {
            double shift = lattice.share(net.cube(face, 1), net.region(face, 0))
                    - lattice.share(net.cube(face, 0), net.region(face, 1));
            for (int corner = 0; corner < 4; corner++) {
                int place = 3 * net.vertex(face, corner) + net.axis(face);
                shifts[place] += shift;
                counts[place]++;
            }
        }
        double[] start = rest.clone();
        for (int n = 0; n < start.length; n++) {
            if (counts[n] > 0) {
                start[n] = within(rest[n], rest[n] + shifts[n] / counts[n]);
            }
        }
        return start;
    }

    private void relax(double[] places, double[] start, double[] next, int vertex, double fidelity) {
        int count = 0;
        double x = 0;
        double y = 0;
        double z = 0;
        for (int n = 6 * vertex; n < 6 * vertex + 6; n++) {
            int neighbour = 3 * neighbours[n];
            if (neighbour >= 0) {
                x += places[neighbour];
                y += places[neighbour + 1];
                z += places[neighbour + 2];
                count++;
            }
        }
        int at = 3 * vertex;
        next[at] = moved(places[at], x / count, start[at], fidelity, rest[at]);
        next[at + 1] = moved(places[at + 1], y / count, start[at + 1], fidelity, rest[at + 1]);
        next[at + 2] = moved(places[at + 2], z / count, start[at + 2], fidelity, rest[at + 2]);
    }

    private static double moved(double place, double mean, double start, double fidelity, double rest) {
        return within(rest, place + STEP * (mean - place) + fidelity * (start - place));
    }

    /** Brings the volumes of the regions back to those of the labels. */
    private void balance(double[] places, Cancellation cancellation) {
        VolumeBalance balance = new VolumeBalance(net);
        double[] steps = new double[places.length];
        for (int round = 0; round < VOLUME_ROUNDS; round++) {
            cancellation.check();
            balance.steps(places, balance.missing(places), steps);
            for (int n = 0; n < places.length; n++) {
                places[n] = within(rest[n], places[n] + steps[n]);
            }
        }
    }

    private static int[] neighbours(LatticeInterface net) {
        byte[] ranks = ranks(net);
        int[] neighbours = new int[6 * net.vertices()];
        Arrays.fill(neighbours, -1);
        for (int n = 0; n < net.vertices(); n++) {
            int junctions = 0;
            for (int direction = 0; direction < 6; direction++) {
                junctions += rank(net, ranks, n, direction) > 2 ? 1 : 0;
            }
            int least = junctions > 1 ? 3 : 2;
            for (int direction = 0; direction < 6; direction++) {
                if (rank(net, ranks, n, direction) >= least) {
                    neighbours[6 * n + direction] = neighbour(net, n, direction);
                }
            }
        }
        return neighbours;
    }

    /** The vertex below (even) or above (odd) along an axis. */
    private static int neighbour(LatticeInterface net, int vertex, int direction) {
        int axis = direction / 2;
        int corner = net.cornerOf(vertex);
        int step = net.next(corner, axis) - corner;
        // Vertices lie off the border of the lattice, the outermost cubes of which are left out.
        return net.vertexAt(direction % 2 == 0 ? corner - step : corner + step);
    }

    private static int rank(LatticeInterface net, byte[] ranks, int vertex, int direction) {
        int lower = direction % 2 == 0 ? neighbour(net, vertex, direction) : vertex;
        return lower < 0 ? 0 : ranks[3 * lower + direction / 2];
    }

    /** How many regions meet along the edge that goes up from each vertex along each axis, 0 if no face has that edge, 3 for more. */
    private static byte[] ranks(LatticeInterface net) {
        int[] regions = new int[2 * 3 * net.vertices()];
        Arrays.fill(regions, -1);
        byte[] ranks = new byte[3 * net.vertices()];
        for (int face = 0; face < net.faces(); face++) {
            for (int corner = 0; corner < 4; corner++) {
                int edge = edge(net, face, corner);
                for (int side = 0; side < 2; side++) {
                    see(regions, ranks, edge, net.region(face, side));
                }
            }
        }
        return ranks;
    }

    /** Edge of a face from a corner to the next: three times its lower vertex, and the axis along it. */
    static int edge(LatticeInterface net, int face, int corner) {
        int lower = net.vertex(face, corner < 2 ? corner : (corner + 1) % 4);
        return 3 * lower + (net.axis(face) + 1 + corner % 2) % 3;
    }

    private static void see(int[] regions, byte[] ranks, int edge, int region) {
        if (region == regions[2 * edge] || region == regions[2 * edge + 1]) {
            return;
        }
        if (ranks[edge] < 2) {
            regions[2 * edge + ranks[edge]] = region;
            ranks[edge]++;
        } else {
            ranks[edge] = 3;
        }
    }
}
