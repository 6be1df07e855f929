package org.oncotwin.solver.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncotwin.api.mechanics.Acceleration;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.RigidSphere;
import org.oncotwin.api.mesh.TetrahedralMesh;

/** Forces and assembled stiffness of a body that is weighed down, grown and pressed, against differences. */
@Tag("SR-1804")
class EquilibriumTest {

    private static final double SIDE = 0.03;

    private final SplittableRandom random = new SplittableRandom(5);

    private double[] anywhere(int size, double by) {
        double[] values = new double[size];
        for (int n = 0; n < size; n++) {
            values[n] = by * (2 * random.nextDouble() - 1);
        }
        return values;
    }

    /** Central differences over steps of 2e-5 of the side; measured errors are below 1e-9 of the largest number, 1e-6 is asked. */
    @ParameterizedTest
    @EnumSource
    void forcesAndStiffnessAreDerivatives(ElasticLaw law) {
        TetrahedralMesh mesh = Blocks.irregular(Blocks.cube(3, SIDE), SIDE / 3, 0.2, 1);
        double[] growth = new double[mesh.tetrahedra()];
        Arrays.setAll(growth, n -> 0.01 * (n % 7));
        ElasticityProblem problem = ElasticityProblem.of(mesh, Blocks.material(4000, 0.4), law)
                .withBodyForce(new Acceleration(1, -2, -9))
                .withGrowth(growth)
                .withSphere(new RigidSphere(SIDE / 2, SIDE / 2, SIDE + 0.016, 0.02));
        Body body = new Body(problem);
        SphereContact contact = new SphereContact(body, mesh, problem.sphere().orElseThrow());
        BlockMatrix matrix = new BlockMatrix(body);
        Equilibrium equilibrium = new Equilibrium(body, problem, Optional.of(contact));
        new Equilibrium(body, problem, Optional.empty()).assemble(new double[3 * body.nodes], true, matrix);
        contact.stiffen(matrix);
        equilibrium.load(0.9);
        double[] u = anywhere(3 * body.nodes, 0.04 * SIDE / 3);
        double[] direction = anywhere(3 * body.nodes, 1);
        double step = 1e-5 * SIDE;
        equilibrium.evaluate(u);
        double slope = ConjugateGradients.dot(equilibrium.gradient(), direction);
        double largest = equilibrium.forces();
        equilibrium.assemble(u, false, matrix);
        double[] change = new double[u.length];
        matrix.multiply(direction, change);
        equilibrium.evaluate(moved(u, direction, step));
        double up = equilibrium.potential();
        double[] forcesUp = equilibrium.gradient().clone();
        equilibrium.evaluate(moved(u, direction, -step));
        double down = equilibrium.potential();
        double[] forcesDown = equilibrium.gradient().clone();
        assertThat((up - down) / (2 * step)).isCloseTo(slope, within(1e-6 * largest));
        double stiffest = Math.sqrt(ConjugateGradients.dot(change, change));
        for (int n = 0; n < u.length; n++) {
            assertThat((forcesUp[n] - forcesDown[n]) / (2 * step)).isCloseTo(change[n], within(1e-6 * stiffest));
        }
        assertThat(contact.deepest(u)).isGreaterThan(0);
    }

    private static double[] moved(double[] u, double[] direction, double by) {
        double[] there = u.clone();
        for (int n = 0; n < u.length; n++) {
            there[n] += by * direction[n];
        }
        return there;
    }
}
