package org.oncotwin.api.mechanics;

import org.oncotwin.api.mesh.TetrahedralMesh;

/** An equilibrium of a soft body. Immutable. */
public final class ElasticitySolution {

    private final double[] displacements;
    private final double[] reactions;
    private final double[] contactForces;
    private final double energy;
    private final ElasticityStatistics statistics;

    /**
     * A solution; copies the arrays.
     *
     * @param displacements x, y and z of each node in m
     * @param reactions x, y and z for each node in N: the force by which its restraint holds the body, 0 where it moves freely
     * @param contactForces x, y and z for each node in N: the force by which the sphere presses it
     * @param energy elastic energy in J
     * @param statistics what it cost
     * @throws IllegalArgumentException if the arrays are not of one size, or that is not three times a number of nodes
     */
    public ElasticitySolution(
            double[] displacements,
            double[] reactions,
            double[] contactForces,
            double energy,
            ElasticityStatistics statistics) {
        if (displacements.length % 3 != 0
                || reactions.length != displacements.length
                || contactForces.length != displacements.length) {
            throw new IllegalArgumentException("displacements of " + displacements.length + ", reactions of "
                    + reactions.length + " and contact forces of " + contactForces.length
                    + " numbers; allowed are three for each node in each");
        }
        this.displacements = displacements.clone();
        this.reactions = reactions.clone();
        this.contactForces = contactForces.clone();
        this.energy = energy;
        this.statistics = statistics;
    }

    /** Number of nodes. */
    public int nodes() {
        return displacements.length / 3;
    }

    /** Displacement of a node in m; axis 0, 1 or 2. */
    public double displacement(int node, int axis) {
        return displacements[3 * node + axis];
    }

    /** Force in N by which the restraint of a node holds the body, 0 where it moves freely; axis 0, 1 or 2. */
    public double reaction(int node, int axis) {
        return reactions[3 * node + axis];
    }

    /** Force in N by which the sphere presses a node; axis 0, 1 or 2. */
    public double contactForce(int node, int axis) {
        return contactForces[3 * node + axis];
    }

    /** Force in N by which the sphere presses the body; axis 0, 1 or 2. */
    public double contactForce(int axis) {
        return sum(contactForces, axis);
    }

    /** Sum of the reactions along an axis, 0, 1 or 2, in N. */
    public double reaction(int axis) {
        return sum(reactions, axis);
    }

    private static double sum(double[] forces, int axis) {
        double sum = 0;
        for (int n = axis; n < forces.length; n += 3) {
            sum += forces[n];
        }
        return sum;
    }

    /** Elastic energy in J. */
    public double energy() {
        return energy;
    }

    /** What it cost and how good it is. */
    public ElasticityStatistics statistics() {
        return statistics;
    }

    /** A copy of the displacements in m, x, y and z of each node. */
    public double[] copyOfDisplacements() {
        return displacements.clone();
    }

    /**
     * The body as it lies in equilibrium.
     *
     * @param rest the mesh of the problem
     * @throws IllegalArgumentException if the mesh has another number of nodes, or a tetrahedron is inverted
     */
    public TetrahedralMesh deform(TetrahedralMesh rest) {
        double[] places = rest.copyOfCoordinates();
        if (places.length != displacements.length) {
            throw new IllegalArgumentException("displacements of " + nodes() + " nodes for a mesh of " + rest.nodes());
        }
        for (int n = 0; n < places.length; n++) {
            places[n] += displacements[n];
        }
        return rest.at(places);
    }
}
