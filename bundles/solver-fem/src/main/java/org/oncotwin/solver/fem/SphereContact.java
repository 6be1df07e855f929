package org.oncotwin.solver.fem;

import java.util.Arrays;
import org.oncotwin.api.mechanics.RigidSphere;
import org.oncotwin.api.mesh.TetrahedralMesh;

/**
 * Keeps the nodes of the outer surface out of a sphere by an augmented Lagrangian: each has a pressing force l of 0 or more that is raised until it presses the node out exactly (Bertsekas: Constrained Optimization and Lagrange Multiplier Methods, Academic Press
 * 1982, chapter 3; Alart, Curnier, Comput. Methods Appl. Mech. Eng. 92 (1991) 353-375). With the depth d of a node within the sphere the energy is {@code (max(0, l + k d)^2 - l^2) / (2 k)}.
 */
final class SphereContact {

    /** Stiffness k over that of the node itself: what is left of the depth after each round is about one over it. */
    private static final double STIFFENING = 300;

    private final Body body;
    private final RigidSphere sphere;
    private final int[] nodes;
    private final double[] stiffness;
    private final double[] pressing;
    private final double[] saved;
    private final double deepestAtRest;
    private double radius;

    SphereContact(Body body, TetrahedralMesh mesh, RigidSphere sphere) {
        this.body = body;
        this.sphere = sphere;
        nodes = Arrays.stream(mesh.outerFaces()).sorted().distinct().toArray();
        stiffness = new double[nodes.length];
        pressing = new double[nodes.length];
        saved = new double[nodes.length];
        double deepest = 0;
        double[] nowhere = new double[3 * body.nodes];
        radius = sphere.radius();
        for (int node : nodes) {
            deepest = Math.max(deepest, radius - distance(node, nowhere));
        }
        deepestAtRest = deepest;
    }

    /** Chooses the stiffness by that of the body at rest. */
    void stiffen(BlockMatrix matrix) {
        for (int n = 0; n < nodes.length; n++) {
            int node = nodes[n];
            stiffness[n] =
                    STIFFENING * (matrix.entry(node, 0, 0) + matrix.entry(node, 1, 1) + matrix.entry(node, 2, 2)) / 3;
        }
    }

    /** Under no load the sphere is so much smaller that it just touches the body at rest. */
    void load(double share) {
        radius = sphere.radius() - (1 - share) * deepestAtRest;
    }

    void save() {
        System.arraycopy(pressing, 0, saved, 0, saved.length);
    }

    void restore() {
        System.arraycopy(saved, 0, pressing, 0, saved.length);
    }

    private double distance(int node, double[] u) {
        double x = body.rest[3 * node] + u[3 * node] - sphere.x();
        double y = body.rest[3 * node + 1] + u[3 * node + 1] - sphere.y();
        double z = body.rest[3 * node + 2] + u[3 * node + 2] - sphere.z();
        return Math.sqrt(x * x + y * y + z * z);
    }

    private double force(int n, double distance) {
        return Math.max(0, pressing[n] + stiffness[n] * (radius - distance));
    }

    /**
     * Takes the forces of the sphere from the forces of the body and adds their magnitudes to the others.
     *
     * @return energy in J
     */
    double evaluate(double[] u, double[] gradient, double[] magnitudes) {
        double energy = 0;
        for (int n = 0; n < nodes.length; n++) {
            int node = nodes[n];
            double distance = distance(node, u);
            double force = force(n, distance);
            energy += (force * force - pressing[n] * pressing[n]) / (2 * stiffness[n]);
            if (force > 0 && distance > 0) {
                for (int i = 0; i < 3; i++) {
                    double component = force * normal(node, i, distance, u);
                    gradient[3 * node + i] -= component;
                    magnitudes[3 * node + i] += Math.abs(component);
                }
            }
        }
        return energy;
    }

    private double normal(int node, int axis, double distance, double[] u) {
        double centre = axis == 0 ? sphere.x() : axis == 1 ? sphere.y() : sphere.z();
        return (body.rest[3 * node + axis] + u[3 * node + axis] - centre) / distance;
    }

    /** Adds the second derivative of the energy. */
    void stiffness(double[] u, boolean definite, BlockMatrix matrix) {
        for (int n = 0; n < nodes.length; n++) {
            int node = nodes[n];
            double distance = distance(node, u);
            double force = force(n, distance);
            if (force > 0 && distance > 0) {
                double aside = definite ? 0 : force / distance;
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        double outwards = normal(node, i, distance, u) * normal(node, j, distance, u);
                        matrix.add(node, i, j, (stiffness[n] + aside) * outwards - (i == j ? aside : 0));
                    }
                }
            }
        }
    }

    /** Norm of what {@link #raise} would change of the pressing forces over their norm; 0 if nothing presses. */
    double change(double[] u) {
        double changes = 0;
        double forces = 0;
        for (int n = 0; n < nodes.length; n++) {
            double force = force(n, distance(nodes[n], u));
            changes += (force - pressing[n]) * (force - pressing[n]);
            forces += force * force;
        }
        return changes == 0 ? 0 : forces == 0 ? 1 : Math.sqrt(changes / forces);
    }

    /** Makes the pressing forces what they are with the depths of the nodes. */
    void raise(double[] u) {
        for (int n = 0; n < nodes.length; n++) {
            pressing[n] = force(n, distance(nodes[n], u));
        }
    }

    /** Deepest place of a node in m. */
    double deepest(double[] u) {
        double deepest = 0;
        for (int node : nodes) {
            deepest = Math.max(deepest, radius - distance(node, u));
        }
        return deepest;
    }
}
