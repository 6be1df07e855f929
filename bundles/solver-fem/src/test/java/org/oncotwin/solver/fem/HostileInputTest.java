package org.oncotwin.solver.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.mechanics.Acceleration;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.ElasticitySolution;
import org.oncotwin.api.mechanics.NodeRestraint;
import org.oncotwin.api.mechanics.RigidSphere;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Cancellation;

/** What cannot be solved is refused in words, and how a problem may be computed changes no bit. */
@Tag("SR-1807")
class HostileInputTest {

    private static final double SIDE = 0.02;

    private final TetrahedralMesh mesh = Blocks.cube(3, SIDE);
    private final ElasticityProblem free =
            ElasticityProblem.of(mesh, Blocks.material(5000, 0.4), ElasticLaw.COROTATIONAL);

    private static ElasticitySolution solve(ElasticityProblem problem) {
        return new FemSolver().solveStatic(problem, Execution.sequential());
    }

    @Test
    void problemsThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ElasticityProblem.of(mesh, Map.of(), ElasticLaw.LINEAR))
                .withMessageContaining("no material for region 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> free.withRestraints(List.of(NodeRestraint.fixed(mesh.nodes()))))
                .withMessageContaining("the mesh has nodes 0 to " + (mesh.nodes() - 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> free.withRestraints(List.of(NodeRestraint.fixed(3), NodeRestraint.along(3, 0, 0.1))))
                .withMessageContaining("node 3 has two restraints");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeRestraint.along(2, 1, Double.NaN))
                .withMessageContaining("displacement y of node 2 is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> NodeRestraint.fixed(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> NodeRestraint.along(1, 3, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> free.withGrowth(0.1))
                .withMessageContaining("growth of 1 tetrahedra for a mesh of " + mesh.tetrahedra());
        double[] growth = new double[mesh.tetrahedra()];
        growth[5] = -1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> free.withGrowth(growth))
                .withMessageContaining("growth of tetrahedron 5 is -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RigidSphere(0, 0, Double.POSITIVE_INFINITY, 1))
                .withMessageContaining("finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RigidSphere(0, 0, 0, 0))
                .withMessageContaining("radius");
        assertThatIllegalArgumentException().isThrownBy(() -> new Acceleration(0, Double.NaN, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-14, 0.1, Double.NaN, -1})
    void tolerancesOutOfRangeAreRefused(double tolerance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> free.withTolerance(tolerance))
                .withMessageContaining("allowed is 1e-13 to 1e-2");
    }

    @Test
    void whatTheCallerWritesLaterDoesNotCount() {
        double[] growth = new double[mesh.tetrahedra()];
        ElasticityProblem problem = free.withGrowth(growth);
        growth[0] = 5;
        problem.growth().orElseThrow()[1] = 5;
        assertThat(problem.growth().orElseThrow()).containsOnly(0);
    }

    @Test
    void aBodyThatCanMoveIsRefused() {
        assertThatThrownBy(() -> solve(free))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("node 0")
                .hasMessageContaining("0 of its 6 ways");
        // One edge: the body can still turn about it.
        List<NodeRestraint> edge =
                Blocks.fixed(mesh, node -> mesh.coordinate(node, 0) == 0 && mesh.coordinate(node, 1) == 0);
        assertThatThrownBy(() -> solve(free.withRestraints(edge))).hasMessageContaining("5 of its 6 ways");
        List<NodeRestraint> slide = new ArrayList<>();
        for (int node = 0; node < mesh.nodes(); node++) {
            if (mesh.coordinate(node, 2) == 0) {
                slide.add(NodeRestraint.along(node, 2, 0));
            }
        }
        assertThatThrownBy(() -> solve(free.withRestraints(slide))).hasMessageContaining("3 of its 6 ways");
    }

    @Test
    void aPartThatFloatsBesideOneThatIsHeldIsNamed() {
        double[] coordinates = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5, 0, 0, 6, 0, 0, 5, 1, 0, 5, 0, 1};
        TetrahedralMesh two = TetrahedralMesh.of(coordinates, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, new int[] {1, 1});
        assertThatThrownBy(() -> solve(ElasticityProblem.of(two, Blocks.material(5000, 0.4), ElasticLaw.LINEAR)
                        .withRestraints(Blocks.fixed(two, node -> node < 3))))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("the part of the mesh with node 4");
    }

    @Test
    void aLoadThatNothingWithstandsIsRefusedWithTheResidual() {
        List<NodeRestraint> crushed = new ArrayList<>();
        for (int node = 0; node < mesh.nodes(); node++) {
            if (mesh.coordinate(node, 2) == 0) {
                crushed.add(NodeRestraint.fixed(node));
            } else if (Blocks.at(mesh, 2, SIDE).test(node)) {
                crushed.add(NodeRestraint.moved(node, 0, 0, -1.5 * SIDE));
            }
        }
        assertThatThrownBy(() ->
                        solve(free.withLaw(ElasticLaw.SAINT_VENANT_KIRCHHOFF).withRestraints(crushed)))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("no equilibrium of the Saint Venant-Kirchhoff body beyond")
                .hasMessageContaining("of all forces, allowed is 1.00e-08")
                .hasMessageContaining("Put on less load");
    }

    @Test
    void itStopsWhenAsked() {
        int[] looks = {0};
        Cancellation soon = () -> ++looks[0] > 20;
        ElasticityProblem problem =
                free.withRestraints(Blocks.fixed(mesh, Blocks.at(mesh, 2, 0))).withBodyForce(Acceleration.GRAVITY);
        assertThatThrownBy(() -> new FemSolver().solveStatic(problem, new Execution(1, soon)))
                .isInstanceOf(CancellationException.class);
        assertThat(looks[0]).isEqualTo(21);
    }

    @Test
    void noBitDependsOnThreadsOrOnWhatWasSolvedBefore() {
        ElasticityProblem problem = free.withRestraints(Blocks.fixed(mesh, Blocks.at(mesh, 2, 0)))
                .withBodyForce(Acceleration.GRAVITY)
                .withSphere(new RigidSphere(SIDE / 3, SIDE / 3, SIDE + 0.009, 0.01));
        FemSolver solver = new FemSolver();
        ElasticitySolution one = solver.solveStatic(problem, Execution.sequential());
        solver.solveStatic(problem.withLaw(ElasticLaw.LINEAR), Execution.sequential());
        ElasticitySolution other = solver.solveStatic(problem, new Execution(4, Cancellation.NEVER));
        assertThat(other.copyOfDisplacements()).isEqualTo(one.copyOfDisplacements());
        assertThat(other.statistics()).isEqualTo(one.statistics());
        assertThat(one.contactForce(2)).isLessThan(0);
    }

    /** With the load goes everything: the body at rest, to the bit. */
    @ParameterizedTest
    @EnumSource
    void withoutLoadNothingMoves(ElasticLaw law) {
        ElasticitySolution solution =
                solve(free.withLaw(law).withRestraints(Blocks.fixed(mesh, Blocks.at(mesh, 2, 0))));
        assertThat(solution.copyOfDisplacements()).containsOnly(0);
        assertThat(solution.energy()).isZero();
        assertThat(solution.deform(mesh)).isEqualTo(mesh);
        assertThat(new FemSolver().description().meets(free.withLaw(law))).isTrue();
    }
}
