package org.oncotwin.solver.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncotwin.api.mechanics.Acceleration;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.ElasticitySolution;
import org.oncotwin.api.mechanics.RigidSphere;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.solver.Execution;

/** Soft tissue with a stiff core under a sphere, a tenth of its height deep: what holds of any contact without friction, whatever the mesh. */
@Tag("SR-1806")
class SphereTest {

    private static final double SIDE = 0.04;
    private static final double RADIUS = 0.01;
    private static final int CELLS = 8;

    private final TetrahedralMesh mesh = Blocks.box(
            Blocks.planes(CELLS, SIDE),
            Blocks.planes(CELLS, SIDE),
            Blocks.planes(CELLS, SIDE),
            cell -> inner(cell % CELLS) && inner(cell / CELLS % CELLS) && inner(cell / CELLS / CELLS) ? 2 : 1);

    private static boolean inner(int cell) {
        return cell >= 3 && cell < 5;
    }

    private static double height(double depth) {
        return SIDE + RADIUS - depth;
    }

    private ElasticitySolution press(ElasticLaw law, double depth, Acceleration weight) {
        return new FemSolver()
                .solveStatic(
                        ElasticityProblem.of(
                                        mesh,
                                        Map.of(
                                                1, new ElasticMaterial(5000, 0.45, 1000, 0, "test"),
                                                2, new ElasticMaterial(50000, 0.45, 1050, 0, "test")),
                                        law)
                                .withRestraints(Blocks.fixed(mesh, Blocks.at(mesh, 2, 0)))
                                .withBodyForce(weight)
                                .withSphere(new RigidSphere(SIDE / 2, SIDE / 2, height(depth), RADIUS))
                                .withTolerance(1e-9),
                        Execution.sequential());
    }

    /**
     * The work of the sphere becomes elastic energy, so that its force is the derivative of the energy by its depth. The difference over 20 micrometres errs by its square, 1e-5 of the force, as long as no node comes into contact between; 1e-4 is asked.
     */
    @ParameterizedTest
    @EnumSource
    void theForceIsTheDerivativeOfTheEnergyByTheDepth(ElasticLaw law) {
        double depth = 0.004;
        double step = 1e-5;
        double force = -press(law, depth, Acceleration.NONE).contactForce(2);
        double work = press(law, depth + step, Acceleration.NONE).energy()
                - press(law, depth - step, Acceleration.NONE).energy();
        assertThat(force).isGreaterThan(0.05);
        assertThat(work / (2 * step)).isCloseTo(force, within(1e-4 * force));
    }

    @ParameterizedTest
    @EnumSource
    void nodesStayOutAndArePressedAlongTheNormalOnly(ElasticLaw law) {
        ElasticitySolution solution = press(law, 0.004, Acceleration.GRAVITY);
        double[] centre = {SIDE / 2, SIDE / 2, height(0.004)};
        int pressed = 0;
        for (int node = 0; node < mesh.nodes(); node++) {
            double[] normal = new double[3];
            double distance = 0;
            double force = 0;
            for (int axis = 0; axis < 3; axis++) {
                normal[axis] = mesh.coordinate(node, axis) + solution.displacement(node, axis) - centre[axis];
                distance = Math.hypot(distance, normal[axis]);
                force = Math.hypot(force, solution.contactForce(node, axis));
            }
            assertThat(distance).isGreaterThan(RADIUS - 1e-9);
            if (force > 0) {
                pressed++;
                assertThat(distance).isCloseTo(RADIUS, within(1e-9));
                for (int axis = 0; axis < 3; axis++) {
                    assertThat(solution.contactForce(node, axis))
                            .isCloseTo(force * normal[axis] / distance, within(1e-12));
                }
            }
        }
        assertThat(pressed).isGreaterThan(4);
        // What holds the body bears its weight and the sphere.
        double weight = 9.80665 * (1000 * mesh.volumeOfRegion(1) + 1050 * mesh.volumeOfRegion(2));
        assertThat(solution.reaction(2)).isCloseTo(weight - solution.contactForce(2), within(1e-7 * weight));
        assertThat(solution.statistics().residual()).isLessThanOrEqualTo(1e-9);
        assertThat(solution.statistics().smallestDeterminant()).isBetween(0.3, 1.0);
    }
}
