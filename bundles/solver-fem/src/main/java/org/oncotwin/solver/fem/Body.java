package org.oncotwin.solver.fem;

import java.util.Optional;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.NodeRestraint;
import org.oncotwin.api.mesh.TetrahedralMesh;

/** The numbers of a problem that stay while it is solved. Its arrays are never written after it is made. */
final class Body {

    final int nodes;
    final int tetrahedra;
    final double[] rest;
    final int[] corners;
    /** Gradients of the four shape functions of each tetrahedron, 1/m. */
    final double[] gradients;

    final double[] volumes;
    final double[] lambda;
    final double[] mu;
    final double[] densities;
    /** Growth of each tetrahedron, or none. */
    final Optional<double[]> growth;
    /** Components of displacements that are prescribed. */
    final boolean[] held;
    /** What they are under full load, 0 elsewhere. */
    final double[] prescribed;

    Body(ElasticityProblem problem) {
        TetrahedralMesh mesh = problem.mesh();
        nodes = mesh.nodes();
        tetrahedra = mesh.tetrahedra();
        rest = mesh.copyOfCoordinates();
        corners = mesh.copyOfCorners();
        gradients = new double[12 * tetrahedra];
        volumes = new double[tetrahedra];
        lambda = new double[tetrahedra];
        mu = new double[tetrahedra];
        densities = new double[tetrahedra];
        growth = problem.growth();
        held = new boolean[3 * nodes];
        prescribed = new double[3 * nodes];
        for (int t = 0; t < tetrahedra; t++) {
            ElasticMaterial material = problem.materials().get(mesh.region(t));
            lambda[t] = material.lambda();
            mu[t] = material.shearModulus();
            densities[t] = material.density();
            volumes[t] = mesh.volume(t);
            gradients(t);
        }
        for (NodeRestraint restraint : problem.restraints()) {
            for (int axis = 0; axis < 3; axis++) {
                if (restraint.along(axis).isPresent()) {
                    held[3 * restraint.node() + axis] = true;
                    prescribed[3 * restraint.node() + axis] =
                            restraint.along(axis).getAsDouble();
                }
            }
        }
    }

    /** The gradient of the shape function of a corner is the area vector of the face opposite to it over three times the volume. */
    private void gradients(int t) {
        for (int a = 1; a < 4; a++) {
            int origin = 3 * corners[4 * t];
            int one = 3 * corners[4 * t + 1 + a % 3];
            int other = 3 * corners[4 * t + 1 + (a + 1) % 3];
            for (int i = 0; i < 3; i++) {
                int j = (i + 1) % 3;
                int k = (i + 2) % 3;
                double area = (rest[one + j] - rest[origin + j]) * (rest[other + k] - rest[origin + k])
                        - (rest[one + k] - rest[origin + k]) * (rest[other + j] - rest[origin + j]);
                gradients[12 * t + 3 * a + i] = area / (6 * volumes[t]);
                gradients[12 * t + i] -= gradients[12 * t + 3 * a + i];
            }
        }
    }

    /** Stretch that a tetrahedron would have free of its neighbours, of a share of its growth. */
    double stretch(int tetrahedron, double share) {
        return growth.isPresent() ? 1 + share * growth.get()[tetrahedron] : 1;
    }
}
