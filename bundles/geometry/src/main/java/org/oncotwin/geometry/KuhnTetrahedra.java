package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.LabelField;

/** Six tetrahedra in each cube with a region, around the diagonal from its lowest to its highest corner (Kuhn 1960, IBM J Res Dev 4:518-524): neighbouring cubes have the same diagonals on common faces. */
final class KuhnTetrahedra {

    /** Axes along which one walks from the lowest corner to the highest; the even orders come first. */
    private static final int[][] WALKS = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {2, 1, 0}, {1, 0, 2}};

    private static final int CORNERS_OF_CUBE = 4 * WALKS.length;

    private final int[] nodeAt;
    private final double[] coordinates;
    private final int[] corners;
    private final int[] regions;

    KuhnTetrahedra(LatticeInterface net) {
        LabelField cubes = net.lattice().cubes();
        int labelled = cubes.grid().size() - cubes.count(0);
        if (labelled > Integer.MAX_VALUE / CORNERS_OF_CUBE) {
            throw new InvalidInputException(
                    "edge",
                    "is " + net.lattice().edge() + " mm, which makes " + labelled + " cubes of tetrahedra; allowed are "
                            + Integer.MAX_VALUE / CORNERS_OF_CUBE + ": choose a longer edge");
        }
        this.nodeAt = new int[net.corners()];
        this.corners = new int[CORNERS_OF_CUBE * labelled];
        this.regions = new int[WALKS.length * labelled];
        Arrays.fill(nodeAt, -1);
        int count = 0;
        for (int cube = 0; cube < cubes.grid().size(); cube++) {
            if (cubes.label(cube) != 0) {
                for (int[] walk : WALKS) {
                    walk(net, net.lowestCorner(cube), walk, 4 * count);
                    regions[count] = cubes.label(cube);
                    count++;
                }
            }
        }
        for (int corner : corners) {
            nodeAt[corner] = 0;
        }
        int nodes = 0;
        for (int corner = 0; corner < nodeAt.length; corner++) {
            if (nodeAt[corner] == 0) {
                nodeAt[corner] = nodes;
                nodes++;
            }
        }
        this.coordinates = new double[3 * nodes];
        for (int corner = 0; corner < nodeAt.length; corner++) {
            for (int axis = 0; axis < 3 && nodeAt[corner] >= 0; axis++) {
                coordinates[3 * nodeAt[corner] + axis] = net.index(corner, axis);
            }
        }
        for (int n = 0; n < corners.length; n++) {
            corners[n] = nodeAt[corners[n]];
        }
    }

    private void walk(LatticeInterface net, int lowest, int[] walk, int first) {
        int one = net.next(lowest, walk[0]);
        int two = net.next(one, walk[1]);
        int last = net.next(two, walk[2]);
        // An odd order of the axes has the other handedness.
        boolean even = walk[1] == (walk[0] + 1) % 3;
        corners[first] = lowest;
        corners[first + 1] = even ? one : two;
        corners[first + 2] = even ? two : one;
        corners[first + 3] = last;
    }

    /** Node at a corner of the lattice, -1 for none. */
    int nodeAt(int corner) {
        return nodeAt[corner];
    }

    /** Coordinates of the nodes, which count cubes. */
    double[] coordinates() {
        return coordinates;
    }

    /** Four nodes of each tetrahedron. */
    int[] corners() {
        return corners;
    }

    /** Region of each tetrahedron. */
    int[] regions() {
        return regions;
    }
}
