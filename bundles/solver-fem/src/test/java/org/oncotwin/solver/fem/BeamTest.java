package org.oncotwin.solver.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mechanics.Acceleration;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.ElasticitySolution;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.sdk.conformance.ValidationRecord;

/** Bars under their own weight. Poisson's ratio is 0, for which the closed forms hold up to the clamp. */
@Tag("SR-1803")
class BeamTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(BeamTest.class, "elasticity, bars under their own weight");

    private static double meanDisplacement(
            TetrahedralMesh mesh, ElasticitySolution solution, int across, double where, int along) {
        double sum = 0;
        int count = 0;
        for (int node = 0; node < mesh.nodes(); node++) {
            if (Blocks.at(mesh, across, where).test(node)) {
                sum += solution.displacement(node, along);
                count++;
            }
        }
        return sum / count;
    }

    /** Deflection of the free end, over Timoshenko's. */
    private static double deflection(int cells, double height, double length, double closed) {
        TetrahedralMesh mesh = Blocks.box(
                Blocks.planes(8 * cells, length), Blocks.planes(cells, height), Blocks.planes(cells, height));
        ElasticitySolution solution = new FemSolver()
                .solveStatic(
                        ElasticityProblem.of(mesh, Blocks.material(1e5, 0), ElasticLaw.LINEAR)
                                .withRestraints(Blocks.fixed(mesh, Blocks.at(mesh, 0, 0)))
                                .withBodyForce(new Acceleration(0, 0, -0.05)),
                        Execution.sequential());
        return -meanDisplacement(mesh, solution, 0, length, 2) / closed;
    }

    /**
     * A cantilever eight times as long as high: w L^4 / (8 E I) + w L^2 / (2 k G A) with k = 5/6 (Timoshenko, Goodier: Theory of Elasticity; Cowper, J. Appl. Mech. 33 (1966) 335-340). Linear tetrahedra are too stiff in bending: with 4, 8 and 16 cells of six
     * tetrahedra in the height 18 %, 5 % and 1.3 % are missing. What three meshes extrapolate to (Richardson, the order taken from them) is within 0.5 %, of which the clamp, that the closed form does not know, takes a part.
     */
    @Test
    @Tag("slow")
    void aCantileverBendsAsTimoshenkoSays() {
        double height = 0.01;
        double length = 0.08;
        double load = 1000 * 0.05 * height * height;
        double closed = load * Math.pow(length, 4) / (8 * 1e5 * Math.pow(height, 4) / 12)
                + load * length * length / (2 * 5.0 / 6 * 0.5e5 * height * height);
        double coarse = deflection(4, height, length, closed);
        double middle = deflection(8, height, length, closed);
        double fine = deflection(16, height, length, closed);
        double factor = (middle - coarse) / (fine - middle);
        assertThat(Math.log(factor) / Math.log(2)).isBetween(1.6, 2.1);
        String source = "w L^4/(8EI) + w L^2/(2kGA), k = 5/6, Cowper 1966, J Appl Mech 33:335";
        RECORD.check("cantilever 1:8, end, 16 cells in its height, over the closed form", "1", 1, fine, 0.02, source);
        RECORD.check(
                "cantilever 1:8, end, extrapolated from 4, 8 and 16 cells, over the closed form",
                "1",
                1,
                fine + (fine - middle) / (factor - 1),
                0.005,
                source);
    }

    /** A bar that hangs grows longer by rho g L^2 / (2 E). In planes the mean displacement is exact but for the lumping of weight at the outer edges: measured 1.3e-5, asked 1e-4. */
    @Test
    void aHangingBarGrowsLonger() {
        double length = 0.1;
        TetrahedralMesh mesh =
                Blocks.box(Blocks.planes(4, length / 4), Blocks.planes(4, length / 4), Blocks.planes(16, length));
        ElasticitySolution solution = new FemSolver()
                .solveStatic(
                        ElasticityProblem.of(mesh, Blocks.material(5000, 0), ElasticLaw.LINEAR)
                                .withRestraints(Blocks.fixed(mesh, Blocks.at(mesh, 2, length)))
                                .withBodyForce(Acceleration.GRAVITY)
                                .withTolerance(1e-11),
                        Execution.sequential());
        double weight = 1000 * 9.80665 * length * length * length / 16;
        assertThat(solution.reaction(2)).isCloseTo(weight, within(1e-9 * weight));
        RECORD.check(
                "hanging bar of 0.1 m, 5 kPa, longer by",
                "m",
                1000 * 9.80665 * length * length / (2 * 5000),
                -meanDisplacement(mesh, solution, 2, 0, 2),
                1e-4,
                "rho g L^2/(2E)");
    }
}
