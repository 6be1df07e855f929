package org.oncotwin.solver.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.ElasticitySolution;
import org.oncotwin.api.mechanics.NodeRestraint;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.solver.Execution;

/**
 * The patch test (Irons, Razzaque 1972; Zienkiewicz, Taylor: The Finite Element Method, 5th ed., volume 1, chapter 10): if the outer nodes move by an affine map, all nodes do, whatever the mesh. Only rounding stays: 1e-12 of the largest displacement.
 */
@Tag("SR-1801")
class PatchTest {

    private static final double[] MAP = {0.02, -0.03, 0.05, 0.04, -0.06, 0.01, -0.02, 0.03, 0.05};

    private static double mapped(TetrahedralMesh mesh, int node, int axis) {
        double sum = 0;
        for (int j = 0; j < 3; j++) {
            sum += MAP[3 * axis + j] * mesh.coordinate(node, j);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void anAffineMapOfTheSurfaceMapsTheInside(ElasticLaw law) {
        TetrahedralMesh regular =
                Blocks.box(Blocks.planes(5, 0.1), Blocks.planes(5, 0.1), Blocks.planes(5, 0.1), cell -> 1 + cell % 2);
        TetrahedralMesh mesh = Blocks.irregular(regular, 0.02, 0.25, 3);
        List<NodeRestraint> restraints = new ArrayList<>();
        for (int node = 0; node < mesh.nodes(); node++) {
            if (Blocks.outside(mesh).test(node)) {
                restraints.add(
                        NodeRestraint.moved(node, mapped(mesh, node, 0), mapped(mesh, node, 1), mapped(mesh, node, 2)));
            }
        }
        ElasticMaterial one = new ElasticMaterial(3000, 0.4, 1000, 0, "test");
        ElasticMaterial same = new ElasticMaterial(3000, 0.4, 1100, 0, "test");
        ElasticitySolution solution = new FemSolver()
                .solveStatic(
                        ElasticityProblem.of(mesh, Map.of(1, one, 2, same), law)
                                .withRestraints(restraints)
                                .withTolerance(1e-13),
                        Execution.sequential());
        double largest = 0;
        for (int node = 0; node < mesh.nodes(); node++) {
            for (int axis = 0; axis < 3; axis++) {
                largest = Math.max(largest, Math.abs(mapped(mesh, node, axis)));
            }
        }
        for (int node = 0; node < mesh.nodes(); node++) {
            for (int axis = 0; axis < 3; axis++) {
                assertThat(solution.displacement(node, axis))
                        .isCloseTo(mapped(mesh, node, axis), within(1e-12 * largest));
            }
        }
        // Constant stress: the reaction of a face is stress times area, and the energy that of one tetrahedron times
        // volume.
        double[] stress = new double[9];
        double density = ElementLaw.of(law).evaluate(MAP, one.lambda(), one.shearModulus(), stress);
        assertThat(solution.energy()).isCloseTo(density * 1e-3, within(1e-12 * density * 1e-3));
        for (int axis = 0; axis < 3; axis++) {
            assertThat(solution.reaction(axis)).isCloseTo(0, within(1e-12 * one.youngsModulus() * 1e-2));
        }
        assertMomentsOfReactions(mesh, solution, stress);
    }

    /** The sum of reaction times place is stress times volume (Gauss), for each pair of axes. */
    private static void assertMomentsOfReactions(TetrahedralMesh mesh, ElasticitySolution solution, double[] stress) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int node = 0; node < mesh.nodes(); node++) {
                    sum += solution.reaction(node, i) * mesh.coordinate(node, j);
                }
                assertThat(sum).isCloseTo(stress[3 * i + j] * 1e-3, within(1e-12 * 3000 * 1e-3));
            }
        }
    }
}
