package org.oncotwin.solver.fem;

import org.oncotwin.api.solver.SolverException;

/** Finds parts of a mesh that can move as rigid bodies, for their restraints do not hold all six ways of doing so. */
final class FreeParts {

    /** Share of the strongest hold below which a way of moving counts as free. */
    private static final double WEAKEST = 1e-12;

    private final Body body;
    private final int[] part;

    private FreeParts(Body body) {
        this.body = body;
        part = new int[body.nodes];
        for (int node = 0; node < part.length; node++) {
            part[node] = node;
        }
        for (int n = 0; n < body.corners.length; n++) {
            int one = root(body.corners[n]);
            int other = root(body.corners[n - n % 4]);
            part[Math.max(one, other)] = Math.min(one, other);
        }
        for (int node = 0; node < part.length; node++) {
            part[node] = root(node);
        }
    }

    private int root(int node) {
        int at = node;
        while (part[at] != at) {
            part[at] = part[part[at]];
            at = part[at];
        }
        return at;
    }

    /**
     * Checks that every part is held.
     *
     * @throws SolverException naming a node of one that is not
     */
    static void check(Body body) {
        FreeParts parts = new FreeParts(body);
        double[][] centres = new double[body.nodes][];
        double[][] holds = new double[body.nodes][];
        double[] sizes = new double[body.nodes];
        int[] counts = new int[body.nodes];
        for (int node = 0; node < body.nodes; node++) {
            int of = parts.part[node];
            if (of == node) {
                centres[node] = new double[3];
                holds[node] = new double[36];
            }
            counts[of]++;
            for (int i = 0; i < 3; i++) {
                centres[of][i] += body.rest[3 * node + i];
            }
        }
        for (int node = 0; node < body.nodes; node++) {
            int of = parts.part[node];
            if (of == node) {
                for (int i = 0; i < 3; i++) {
                    centres[node][i] /= counts[node];
                }
            }
            for (int i = 0; i < 3; i++) {
                sizes[of] = Math.max(sizes[of], Math.abs(body.rest[3 * node + i] - centres[of][i]));
            }
        }
        for (int node = 0; node < body.nodes; node++) {
            int of = parts.part[node];
            parts.hold(node, centres[of], sizes[of], holds[of]);
        }
        for (int node = 0; node < body.nodes; node++) {
            int held = holds[node] == null ? 6 : rank(holds[node]);
            if (held < 6) {
                throw new SolverException("the part of the mesh with node " + node + " can move as a rigid body: its"
                        + " restraints hold " + held
                        + " of its 6 ways to do so; hold three nodes that are not in line, or leave the part out");
            }
        }
    }

    /** Adds what the restraint of a node holds of shifts along and turns about the axes. */
    private void hold(int node, double[] centre, double size, double[] holds) {
        double[] motion = new double[6];
        for (int axis = 0; axis < 3; axis++) {
            if (!body.held[3 * node + axis]) {
                continue;
            }
            for (int k = 0; k < 3; k++) {
                motion[k] = k == axis ? 1 : 0;
                // The component along an axis of e_k x (X - centre) over the size.
                int i = (k + 1) % 3;
                int j = (k + 2) % 3;
                motion[3 + k] = axis == i
                        ? -(body.rest[3 * node + j] - centre[j]) / size
                        : axis == j ? (body.rest[3 * node + i] - centre[i]) / size : 0;
            }
            for (int n = 0; n < 36; n++) {
                holds[n] += motion[n / 6] * motion[n % 6];
            }
        }
    }

    /** Rank of a symmetric matrix without negative eigenvalues, by elimination with the largest diagonal entry as pivot. */
    private static int rank(double[] matrix) {
        double strongest = 0;
        boolean[] done = new boolean[6];
        for (int rank = 0; rank < 6; rank++) {
            int pivot = -1;
            for (int n = 0; n < 6; n++) {
                if (!done[n] && (pivot < 0 || matrix[7 * n] > matrix[7 * pivot])) {
                    pivot = n;
                }
            }
            double value = matrix[7 * pivot];
            strongest = Math.max(strongest, value);
            if (!(value > WEAKEST * strongest)) {
                return rank;
            }
            done[pivot] = true;
            for (int i = 0; i < 6; i++) {
                for (int j = 0; !done[i] && j < 6; j++) {
                    if (!done[j]) {
                        matrix[6 * i + j] -= matrix[6 * i + pivot] * matrix[6 * pivot + j] / value;
                    }
                }
            }
        }
        return 6;
    }
}
