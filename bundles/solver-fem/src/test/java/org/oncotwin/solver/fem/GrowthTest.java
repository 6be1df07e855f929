package org.oncotwin.solver.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.ElasticitySolution;
import org.oncotwin.api.mechanics.NodeRestraint;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.solver.Execution;

/** Growth that is the same everywhere makes a free body larger and no stress; growth that is hindered makes the stress of the closed form. */
@Tag("SR-1805")
class GrowthTest {

    private static final double SIDE = 0.02;

    /** To 1e-9, a hundred times the tolerance of the solution. */
    @ParameterizedTest
    @EnumSource
    void aFreeBodyGrowsWithoutStress(ElasticLaw law) {
        TetrahedralMesh mesh = Blocks.irregular(Blocks.cube(4, SIDE), SIDE / 4, 0.2, 2);
        List<NodeRestraint> restraints = new ArrayList<>();
        for (int node = 0; node < mesh.nodes(); node++) {
            OptionalDouble[] held = new OptionalDouble[3];
            for (int axis = 0; axis < 3; axis++) {
                held[axis] = mesh.coordinate(node, axis) == 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
            }
            if (held[0].isPresent() || held[1].isPresent() || held[2].isPresent()) {
                restraints.add(new NodeRestraint(node, held[0], held[1], held[2]));
            }
        }
        double[] growth = new double[mesh.tetrahedra()];
        Arrays.fill(growth, 0.2);
        ElasticitySolution solution = new FemSolver()
                .solveStatic(
                        ElasticityProblem.of(mesh, Blocks.material(5000, 0.45), law)
                                .withRestraints(restraints)
                                .withGrowth(growth)
                                .withTolerance(1e-11),
                        Execution.sequential());
        for (int node = 0; node < mesh.nodes(); node++) {
            for (int axis = 0; axis < 3; axis++) {
                assertThat(solution.displacement(node, axis))
                        .isCloseTo(0.2 * mesh.coordinate(node, axis), within(1e-9 * SIDE));
                assertThat(solution.reaction(node, axis)).isCloseTo(0, within(1e-9 * 5000 * SIDE * SIDE));
            }
        }
        assertThat(solution.energy()).isCloseTo(0, within(1e-12 * 5000 * SIDE * SIDE * SIDE));
        assertThat(solution.statistics().smallestDeterminant()).isCloseTo(1.728, within(1e-9));
    }

    /**
     * A column between smooth walls, of which the lower half grows by g: with M = lambda + 2 mu stress along it is M (e - g) - 2 lambda g below and -M e above, the same, so that the middle rises by e L/2 with
     * e = (M + 2 lambda) g / (2 M). The difference to finite strain is of the size of g, 1e-7; 1e-6 is asked.
     */
    @Test
    void growthBetweenWallsPushesTheNeighbour() {
        double g = 1e-7;
        TetrahedralMesh mesh = Blocks.cube(4, SIDE);
        List<NodeRestraint> restraints = new ArrayList<>();
        for (int node = 0; node < mesh.nodes(); node++) {
            OptionalDouble[] held = new OptionalDouble[3];
            for (int axis = 0; axis < 3; axis++) {
                boolean wall = mesh.coordinate(node, axis) == 0
                        || Blocks.at(mesh, axis, SIDE).test(node);
                held[axis] = wall ? OptionalDouble.of(0) : OptionalDouble.empty();
            }
            if (held[0].isPresent() || held[1].isPresent() || held[2].isPresent()) {
                restraints.add(new NodeRestraint(node, held[0], held[1], held[2]));
            }
        }
        double[] growth = new double[mesh.tetrahedra()];
        Arrays.fill(growth, 0, growth.length / 2, g);
        ElasticMaterial material = Blocks.material(5000, 0.45).get(1);
        ElasticitySolution solution = new FemSolver()
                .solveStatic(
                        ElasticityProblem.of(mesh, Blocks.material(5000, 0.45), ElasticLaw.SAINT_VENANT_KIRCHHOFF)
                                .withRestraints(restraints)
                                .withGrowth(growth)
                                .withTolerance(1e-10),
                        Execution.sequential());
        double m = material.lambda() + 2 * material.shearModulus();
        double e = (m + 2 * material.lambda()) * g / (2 * m);
        double top = 0;
        for (int node = 0; node < mesh.nodes(); node++) {
            if (Blocks.at(mesh, 2, SIDE / 2).test(node)) {
                assertThat(solution.displacement(node, 2)).isCloseTo(e * SIDE / 2, within(1e-6 * e * SIDE / 2));
            }
            if (Blocks.at(mesh, 2, SIDE).test(node)) {
                top += solution.reaction(node, 2);
            }
        }
        assertThat(top).isCloseTo(-m * e * SIDE * SIDE, within(1e-6 * m * e * SIDE * SIDE));
    }
}
