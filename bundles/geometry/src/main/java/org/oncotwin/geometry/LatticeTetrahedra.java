package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.twin.Cancellation;

/**
 * Tetrahedra of a lattice: each cube of a region becomes six around one diagonal (Kuhn HW 1960. Some combinatorial lemmas in topology. IBM J Res Dev 4:518-524), the same in all cubes, so that neighbours share
 * faces. Nodes between regions go where the relaxed net puts them; those at which a tetrahedron would become too flat go back towards the corner of the lattice until none is. At the corners all angles are 45, 60 or 90
 * degrees, so that this ends.
 */
final class LatticeTetrahedra {

    /** Angles within which all tetrahedra are kept, in degrees; no flatter than what mesh generators guarantee (isosurface stuffing: 10.7 to 164.8). */
    static final double SMALLEST_ANGLE = 12;

    static final double LARGEST_ANGLE = 160;

    /** Least volume as a share of that at the corners. */
    private static final double LEAST_VOLUME = 0.02;

    private static final double BACK = 0.75;

    /** After so many rounds a node goes all the way. */
    private static final int ROUNDS = 24;

    private static final int VOLUME_ROUNDS = 12;

    private static final int[][] PATHS = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {2, 1, 0}, {1, 0, 2}};

    private static final double METRES = 1e-3;

    private final LatticeInterface net;
    private final double[] places;
    private final double[] rest;
    private final int[] corners;
    private final int[] regions;

    /**
     * Makes them.
     *
     * @param relaxed coordinates of the vertices of the net, which count cubes
     */
    LatticeTetrahedra(LatticeInterface net, double[] relaxed, Cancellation cancellation) {
        this.net = net;
        LabelLattice lattice = net.lattice();
        int[] nodeOf = new int[net.corners()];
        Arrays.fill(nodeOf, -1);
        int cubes = 0;
        for (int cube = 0; cube < lattice.cubes().grid().size(); cube++) {
            if (lattice.cubes().label(cube) != 0) {
                cubes++;
                int lowest = net.lowestCorner(cube);
                for (int n = 0; n < 8; n++) {
                    nodeOf[cornerOfCube(lowest, n)] = 0;
                }
            }
        }
        int nodes = 0;
        for (int corner = 0; corner < nodeOf.length; corner++) {
            if (nodeOf[corner] == 0) {
                nodeOf[corner] = nodes;
                nodes++;
            }
        }
        rest = new double[3 * nodes];
        places = new double[3 * nodes];
        for (int corner = 0; corner < nodeOf.length; corner++) {
            if (nodeOf[corner] >= 0) {
                int vertex = net.vertexAt(corner);
                for (int axis = 0; axis < 3; axis++) {
                    int at = 3 * nodeOf[corner] + axis;
                    rest[at] = net.index(corner, axis);
                    places[at] = vertex < 0 ? rest[at] : relaxed[3 * vertex + axis];
                }
            }
        }
        corners = new int[24 * cubes];
        regions = new int[6 * cubes];
        int next = 0;
        for (int cube = 0; cube < lattice.cubes().grid().size(); cube++) {
            if (lattice.cubes().label(cube) != 0) {
                next = split(nodeOf, cube, next);
            }
        }
        keepAngles(cancellation);
        keepVolumes(nodeOf, cancellation);
    }

    /** What went back took volume with it: the others give it back, as far as angles allow. */
    private void keepVolumes(int[] nodeOf, Cancellation cancellation) {
        VolumeBalance balance = new VolumeBalance(net);
        double[] vertices = new double[3 * net.vertices()];
        double[] steps = new double[vertices.length];
        for (int round = 0; round < VOLUME_ROUNDS; round++) {
            for (int vertex = 0; vertex < net.vertices(); vertex++) {
                System.arraycopy(places, 3 * nodeOf[net.cornerOf(vertex)], vertices, 3 * vertex, 3);
            }
            balance.steps(vertices, balance.missing(vertices), steps);
            for (int vertex = 0; vertex < net.vertices(); vertex++) {
                int node = 3 * nodeOf[net.cornerOf(vertex)];
                for (int axis = 0; axis < 3; axis++) {
                    places[node + axis] =
                            NetRelaxation.within(rest[node + axis], places[node + axis] + steps[3 * vertex + axis]);
                }
            }
            keepAngles(cancellation);
        }
    }

    private int cornerOfCube(int lowest, int number) {
        int corner = lowest;
        for (int axis = 0; axis < 3; axis++) {
            corner = (number >> axis & 1) == 1 ? net.next(corner, axis) : corner;
        }
        return corner;
    }

    private int split(int[] nodeOf, int cube, int from) {
        int next = from;
        int lowest = net.lowestCorner(cube);
        for (int path = 0; path < PATHS.length; path++) {
            int b = net.next(lowest, PATHS[path][0]);
            int c = net.next(b, PATHS[path][1]);
            int d = net.next(c, PATHS[path][2]);
            // The second three paths are mirror images of the first.
            corners[4 * next] = nodeOf[lowest];
            corners[4 * next + 1] = nodeOf[path < 3 ? b : c];
            corners[4 * next + 2] = nodeOf[path < 3 ? c : b];
            corners[4 * next + 3] = nodeOf[d];
            regions[next] = net.lattice().cubes().label(cube);
            next++;
        }
        return next;
    }

    private void keepAngles(Cancellation cancellation) {
        boolean[] back = new boolean[places.length / 3];
        for (int round = 1; round <= ROUNDS; round++) {
            cancellation.check();
            Arrays.fill(back, false);
            if (!markFlat(back)) {
                return;
            }
            double share = round < ROUNDS ? BACK : 0;
            for (int node = 0; node < back.length; node++) {
                if (back[node]) {
                    for (int at = 3 * node; at < 3 * node + 3; at++) {
                        places[at] = rest[at] + share * (places[at] - rest[at]);
                    }
                }
            }
        }
        // Those whose neighbours went all the way only now.
        while (markFlat(back)) {
            for (int node = 0; node < back.length; node++) {
                if (back[node]) {
                    System.arraycopy(rest, 3 * node, places, 3 * node, 3);
                }
            }
        }
    }

    private boolean markFlat(boolean[] nodes) {
        DihedralAngles angles = new DihedralAngles();
        boolean any = false;
        for (int t = 0; t < regions.length; t++) {
            boolean flat = DihedralAngles.sixfoldVolume(places, corners, 4 * t) < LEAST_VOLUME;
            if (!flat) {
                angles.look(places, corners, 4 * t);
                flat = angles.smallest() < SMALLEST_ANGLE || angles.largest() > LARGEST_ANGLE;
            }
            if (flat) {
                any = true;
                for (int corner = 4 * t; corner < 4 * t + 4; corner++) {
                    nodes[corners[corner]] = true;
                }
            }
        }
        return any;
    }

    /** The mesh in m along the axes of the patient. */
    TetrahedralMesh mesh() {
        double[] metres = new double[places.length];
        for (int n = 0; n < places.length; n++) {
            metres[n] = net.lattice().toPatient(n % 3, places[n]) * METRES;
        }
        return TetrahedralMesh.owning(metres, corners, regions);
    }
}
