package org.oncotwin.solver.fem;

import java.util.Arrays;
import java.util.Optional;
import org.oncotwin.api.mechanics.Acceleration;
import org.oncotwin.api.mechanics.ElasticityProblem;

/** The potential energy of a body and its derivatives by the displacements. Holds those of the displacements that were evaluated last. */
final class Equilibrium {

    /** Rounding errors of a force, in units in the last place of the sum that makes it. */
    private static final double ROUNDING = 8 * Math.ulp(1.0);

    private final Body body;
    private final ElementLaw law;
    private final Acceleration bodyForce;
    private final Optional<SphereContact> contact;

    private final double[] gradient;
    private final double[] magnitudes;
    private final double[] noise;
    private final double[] h = new double[9];
    private final double[] p = new double[9];
    private final double[] stiffness = new double[ElementLaw.STIFFNESS];
    private double load;
    private double elastic;
    private double potential;
    private double energies;
    private double smallestDeterminant;

    Equilibrium(Body body, ElasticityProblem problem, Optional<SphereContact> contact) {
        this.body = body;
        this.contact = contact;
        law = ElementLaw.of(problem.law());
        bodyForce = problem.bodyForce();
        gradient = new double[3 * body.nodes];
        magnitudes = new double[3 * body.nodes];
        noise = new double[body.nodes];
    }

    /** Puts on a share of the load, 0 to 1. */
    void load(double share) {
        load = share;
        contact.ifPresent(sphere -> sphere.load(share));
    }

    Optional<SphereContact> contact() {
        return contact;
    }

    boolean refusesInversion() {
        return law.refusesInversion();
    }

    /** Evaluates potential energy and forces. */
    void evaluate(double[] u) {
        Arrays.fill(gradient, 0);
        Arrays.fill(magnitudes, 0);
        Arrays.fill(noise, 0);
        elastic = 0;
        double work = 0;
        smallestDeterminant = Double.POSITIVE_INFINITY;
        for (int t = 0; t < body.tetrahedra; t++) {
            double stretch = body.stretch(t, load);
            double volume = body.volumes[t] * stretch * stretch * stretch;
            double moved = displacementGradient(t, u);
            smallestDeterminant = Math.min(smallestDeterminant, determinant());
            free(stretch);
            elastic += volume * law.evaluate(h, body.lambda[t], body.mu[t], p);
            double roundings =
                    (body.lambda[t] + 2 * body.mu[t]) * (moved + (law.roundsAboutOne() || stretch != 1 ? 1 : 0));
            double weight = load * body.densities[t] * volume / 4;
            for (int a = 0; a < 4; a++) {
                int node = body.corners[4 * t + a];
                int g = 12 * t + 3 * a;
                double length = 0;
                for (int i = 0; i < 3; i++) {
                    double force = volume
                            / stretch
                            * (p[3 * i] * body.gradients[g]
                                    + p[3 * i + 1] * body.gradients[g + 1]
                                    + p[3 * i + 2] * body.gradients[g + 2]);
                    gradient[3 * node + i] += force;
                    magnitudes[3 * node + i] += Math.abs(force);
                    length += Math.abs(body.gradients[g + i]);
                }
                noise[node] += volume / stretch * length * roundings;
                work += push(node, 0, weight * bodyForce.x(), u);
                work += push(node, 1, weight * bodyForce.y(), u);
                work += push(node, 2, weight * bodyForce.z(), u);
            }
        }
        double pressing = contact.isPresent() ? contact.get().evaluate(u, gradient, magnitudes) : 0;
        potential = elastic - work + pressing;
        energies = elastic + Math.abs(work) + Math.abs(pressing);
    }

    /** Applies a force to a node; its work. */
    private double push(int node, int axis, double force, double[] u) {
        gradient[3 * node + axis] -= force;
        magnitudes[3 * node + axis] += Math.abs(force);
        return force * u[3 * node + axis];
    }

    /** Puts the displacement gradient into h; the sum of the absolute values that make it, by which it is rounded. */
    private double displacementGradient(int t, double[] u) {
        Arrays.fill(h, 0);
        double moved = 0;
        for (int a = 0; a < 4; a++) {
            int node = 3 * body.corners[4 * t + a];
            int g = 12 * t + 3 * a;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    double part = u[node + i] * body.gradients[g + j];
                    h[3 * i + j] += part;
                    moved += Math.abs(part);
                }
            }
        }
        return moved;
    }

    /** Determinant of the deformation gradient I + h. */
    private double determinant() {
        return (1 + h[0]) * ((1 + h[4]) * (1 + h[8]) - h[5] * h[7])
                - h[1] * (h[3] * (1 + h[8]) - h[5] * h[6])
                + h[2] * (h[3] * h[7] - (1 + h[4]) * h[6]);
    }

    /** Makes h that from the tetrahedron as it would be free of its neighbours. */
    private void free(double stretch) {
        if (stretch != 1) {
            for (int n = 0; n < 9; n++) {
                h[n] = (h[n] - (n % 4 == 0 ? stretch - 1 : 0)) / stretch;
            }
        }
    }

    /**
     * Assembles the second derivative of the potential energy.
     *
     * @param definite true if what might make it indefinite shall be left out
     */
    void assemble(double[] u, boolean definite, BlockMatrix matrix) {
        matrix.clear();
        for (int t = 0; t < body.tetrahedra; t++) {
            double stretch = body.stretch(t, load);
            displacementGradient(t, u);
            free(stretch);
            law.evaluate(h, body.lambda[t], body.mu[t], p);
            law.stiffness(
                    body.gradients,
                    12 * t,
                    1 / stretch,
                    body.volumes[t] * stretch * stretch * stretch,
                    definite,
                    stiffness);
            matrix.add(t, stiffness);
        }
        if (contact.isPresent()) {
            contact.get().stiffness(u, definite, matrix);
        }
    }

    /** The potential energy in J. */
    double potential() {
        return potential;
    }

    /** Sum of the absolute energies that make the potential energy, by which it is rounded, in J. */
    double energies() {
        return energies;
    }

    /** The elastic energy in J. */
    double elastic() {
        return elastic;
    }

    /** Forces that are missing to balance: the derivative of the potential energy by the displacements, in N. Not to be written to. */
    double[] gradient() {
        return gradient;
    }

    double smallestDeterminant() {
        return smallestDeterminant;
    }

    /** Norm of the forces out of balance in N. */
    double unbalanced() {
        double sum = 0;
        for (int n = 0; n < gradient.length; n++) {
            if (!body.held[n]) {
                sum += gradient[n] * gradient[n];
            }
        }
        return Math.sqrt(sum);
    }

    /** Norm of all forces in N. */
    double forces() {
        return Math.sqrt(ConjugateGradients.dot(magnitudes, magnitudes));
    }

    /** Norm of forces in N that rounding makes and nothing can balance. */
    double rounding() {
        return ROUNDING * Math.sqrt(ConjugateGradients.dot(noise, noise));
    }
}
