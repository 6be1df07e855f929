package org.oncotwin.api.mesh;

/** Checks of nodes and corners. */
final class Checks {

    private Checks() {}

    static void coordinates(double[] coordinates) {
        if (coordinates.length == 0 || coordinates.length % 3 != 0) {
            throw new IllegalArgumentException(
                    "nodes have three coordinates each, not " + coordinates.length + " in all");
        }
        for (int n = 0; n < coordinates.length; n++) {
            if (!Double.isFinite(coordinates[n])) {
                throw new IllegalArgumentException("coordinate " + "xyz".charAt(n % 3) + " of node " + n / 3 + " is "
                        + coordinates[n] + "; allowed are finite numbers");
            }
        }
    }

    static void corners(int[] corners, int each, int nodes) {
        boolean[] used = new boolean[nodes];
        for (int n = 0; n < corners.length; n++) {
            if (corners[n] < 0 || corners[n] >= nodes) {
                throw new IllegalArgumentException("corner " + n % each + " of element " + n / each + " is node "
                        + corners[n] + "; there are nodes 0 to " + (nodes - 1));
            }
            for (int before = n - n % each; before < n; before++) {
                if (corners[before] == corners[n]) {
                    throw new IllegalArgumentException("element " + n / each + " has node " + corners[n] + " twice");
                }
            }
            used[corners[n]] = true;
        }
        for (int node = 0; node < nodes; node++) {
            if (!used[node]) {
                throw new IllegalArgumentException("node " + node + " is of no element");
            }
        }
    }
}
