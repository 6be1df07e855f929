package org.oncotwin.api.mechanics;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.mesh.TetrahedralMesh;

/**
 * A soft body whose equilibrium is wanted. Made by {@link #of} and the methods that add to it. Immutable.
 *
 * @param mesh the body at rest, in metres
 * @param materials material of each region of the mesh
 * @param law how stress follows strain
 * @param restraints where nodes are held, at most one for each node
 * @param bodyForce force per mass
 * @param growth if present, for each tetrahedron the stretch less 1 that it has grown: free of its neighbours, every length of it would be 1 + growth times what it was. From above -1 to 10. Its density stays, so that its mass grows along
 * @param sphere if present, what the surface cannot enter
 * @param tolerance allowed norm of the forces out of balance over the norm of all forces (of the sums, at each node, of the absolute forces of its tetrahedra), unless rounding makes more; 1e-13 to 1e-2
 */
public record ElasticityProblem(
        TetrahedralMesh mesh,
        SortedMap<Integer, ElasticMaterial> materials,
        ElasticLaw law,
        List<NodeRestraint> restraints,
        Acceleration bodyForce,
        Optional<double[]> growth,
        Optional<RigidSphere> sphere,
        double tolerance) {

    /** Tolerance of {@link #of}. */
    public static final double USUAL_TOLERANCE = 1e-8;

    /**
     * Checks that its parts fit together and copies lists and arrays.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    public ElasticityProblem {
        SortedMap<Integer, ElasticMaterial> known = new TreeMap<>(materials);
        for (int region : mesh.regions()) {
            if (!known.containsKey(region)) {
                throw new IllegalArgumentException(
                        "no material for region " + region + " of the mesh; there are materials for " + known.keySet());
            }
        }
        materials = Collections.unmodifiableSortedMap(known);
        restraints = List.copyOf(restraints);
        boolean[] held = new boolean[mesh.nodes()];
        for (NodeRestraint restraint : restraints) {
            int node = restraint.node();
            if (node >= held.length) {
                throw new IllegalArgumentException(
                        "a restraint holds node " + node + "; the mesh has nodes 0 to " + (held.length - 1));
            }
            if (held[node]) {
                throw new IllegalArgumentException("node " + node + " has two restraints; allowed is one");
            }
            held[node] = true;
        }
        if (growth.isPresent()) {
            growth = Optional.of(growth.get().clone());
            check(growth.get(), mesh.tetrahedra());
        }
        if (!(tolerance >= 1e-13 && tolerance <= 1e-2)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; allowed is 1e-13 to 1e-2");
        }
    }

    private static void check(double[] growth, int tetrahedra) {
        if (growth.length != tetrahedra) {
            throw new IllegalArgumentException(
                    "growth of " + growth.length + " tetrahedra for a mesh of " + tetrahedra);
        }
        for (int t = 0; t < tetrahedra; t++) {
            if (!(growth[t] > -1 && growth[t] <= 10)) {
                throw new IllegalArgumentException(
                        "growth of tetrahedron " + t + " is " + growth[t] + "; allowed is above -1 and up to 10");
            }
        }
    }

    /** A body on which nothing acts. */
    public static ElasticityProblem of(TetrahedralMesh mesh, Map<Integer, ElasticMaterial> materials, ElasticLaw law) {
        return new ElasticityProblem(
                mesh,
                new TreeMap<>(materials),
                law,
                List.of(),
                Acceleration.NONE,
                Optional.empty(),
                Optional.empty(),
                USUAL_TOLERANCE);
    }

    /** The same with other restraints. */
    public ElasticityProblem withRestraints(List<NodeRestraint> other) {
        return new ElasticityProblem(mesh, materials, law, other, bodyForce, growth, sphere, tolerance);
    }

    /** The same with another force per mass. */
    public ElasticityProblem withBodyForce(Acceleration other) {
        return new ElasticityProblem(mesh, materials, law, restraints, other, growth, sphere, tolerance);
    }

    /** The same with growth, one number for each tetrahedron. */
    public ElasticityProblem withGrowth(double... other) {
        return new ElasticityProblem(
                mesh, materials, law, restraints, bodyForce, Optional.of(other), sphere, tolerance);
    }

    /** The same with a sphere. */
    public ElasticityProblem withSphere(RigidSphere other) {
        return new ElasticityProblem(
                mesh, materials, law, restraints, bodyForce, growth, Optional.of(other), tolerance);
    }

    /** The same with another tolerance. */
    public ElasticityProblem withTolerance(double other) {
        return new ElasticityProblem(mesh, materials, law, restraints, bodyForce, growth, sphere, other);
    }

    /** The same with another law. */
    public ElasticityProblem withLaw(ElasticLaw other) {
        return new ElasticityProblem(mesh, materials, other, restraints, bodyForce, growth, sphere, tolerance);
    }

    /** A copy of the growth of each tetrahedron, if there is one. */
    @Override
    public Optional<double[]> growth() {
        return growth.map(double[]::clone);
    }
}
