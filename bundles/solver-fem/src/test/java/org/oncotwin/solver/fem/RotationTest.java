package org.oncotwin.solver.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.ElasticitySolution;
import org.oncotwin.api.mechanics.NodeRestraint;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.solver.Execution;

/** A bar whose ends are turned together turns as a whole and is free of stress. */
@Tag("SR-1804")
class RotationTest {

    /** Both ends are led on straight lines to where the turn takes them, so that the way there is no rotation; only its end is. To 1e-7 of the length, a thousand times the tolerance for its conditioning. */
    @ParameterizedTest
    @CsvSource({"COROTATIONAL, 60", "COROTATIONAL, 120", "SAINT_VENANT_KIRCHHOFF, 30", "SAINT_VENANT_KIRCHHOFF, 60"})
    void aBarThatIsTurnedHasNoStress(ElasticLaw law, double degrees) {
        double length = 0.06;
        TetrahedralMesh mesh = Blocks.irregular(
                Blocks.box(Blocks.planes(12, length), Blocks.planes(3, 0.015), Blocks.planes(3, 0.015)), 0.005, 0.2, 4);
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        List<NodeRestraint> restraints = new ArrayList<>();
        for (int node = 0; node < mesh.nodes(); node++) {
            if (mesh.coordinate(node, 0) == 0 || Blocks.at(mesh, 0, length).test(node)) {
                restraints.add(NodeRestraint.moved(node, moved(mesh, node, 0, c, s), moved(mesh, node, 1, c, s), 0));
            }
        }
        ElasticitySolution solution = new FemSolver()
                .solveStatic(
                        ElasticityProblem.of(mesh, Blocks.material(5000, 0.4), law)
                                .withRestraints(restraints)
                                .withTolerance(1e-10),
                        Execution.sequential());
        for (int node = 0; node < mesh.nodes(); node++) {
            for (int axis = 0; axis < 3; axis++) {
                assertThat(solution.displacement(node, axis))
                        .isCloseTo(moved(mesh, node, axis, c, s), within(1e-7 * length));
                assertThat(solution.reaction(node, axis)).isCloseTo(0, within(1e-7 * 5000 * 0.015 * 0.015));
            }
        }
    }

    private static double moved(TetrahedralMesh mesh, int node, int axis, double c, double s) {
        double x = mesh.coordinate(node, 0);
        double y = mesh.coordinate(node, 1);
        return axis == 0 ? c * x - s * y - x : axis == 1 ? s * x + c * y - y : 0;
    }
}
