package org.oncotwin.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

@Tag("SR-1702")
class SurfaceNetsTest {

    private static SortedMap<Integer, TriangleMesh> surfaces(LabelField labels, double edge, int rounds) {
        LabelLattice lattice = LabelLattice.of(RegionLabels.ofNames(labels), edge, Cancellation.NEVER);
        return SurfaceNets.of(lattice, rounds, Labels.SUPINE, Cancellation.NEVER);
    }

    /** Relative error in the area of a ball of 20 mm in voxels of 1 mm. */
    private static double areaError(double edge) {
        Grid grid = new Grid(44, 44, 44, Affine.scaling(1, 1, 1));
        LabelField labels = Labels.balls(grid, 0, 20, 21.5, 21.5, 21.5);
        SurfaceQuality ball = SurfaceQuality.of(
                surfaces(LabelField.of(grid, labels.toArray(), Map.of("ball", 1)), edge, SurfaceNets.USUAL_ROUNDS)
                        .get(1));
        assertThat(ball.closed() && ball.manifold()).isTrue();
        assertThat(ball.eulerCharacteristic()).isEqualTo(2);
        assertThat(ball.volume()).isCloseTo(4 / 3.0 * Math.PI * 8e-6, withinPercentage(1));
        return Math.abs(ball.area() / (4 * Math.PI * 4e-4) - 1);
    }

    @Test
    void aBoxAtRestIsExact() {
        TriangleMesh box = surfaces(Labels.box(3, 4, 5, 2), 2, 0).get(1);
        SurfaceQuality quality = SurfaceQuality.of(box);

        // 6 x 8 x 10 mm
        assertThat(quality.volume()).isCloseTo(480e-9, within(1e-18));
        assertThat(quality.area()).isCloseTo(376e-6, within(1e-15));
        assertThat(quality.nodes()).isEqualTo(4 * 5 * 6 - 2 * 3 * 4);
        assertThat(quality.triangles()).isEqualTo(2 * 2 * (12 + 15 + 20));
        assertThat(quality.closed() && quality.manifold()).isTrue();
        assertThat(quality.eulerCharacteristic()).isEqualTo(2);
        // The corner of the patient at (-1, -1, -1) mm lies where the placement puts it.
        double[] corner = Labels.SUPINE.toScene(-1, -1, -1);
        double nearest = Double.POSITIVE_INFINITY;
        for (int n = 0; n < box.nodes(); n++) {
            nearest = Math.min(
                    nearest,
                    Math.hypot(
                            Math.hypot(box.coordinate(n, 0) - corner[0], box.coordinate(n, 1) - corner[1]),
                            box.coordinate(n, 2) - corner[2]));
        }
        assertThat(nearest).isLessThan(1e-12);
    }

    @Test
    void theAreaOfABallGetsBetterWithTheLattice() {
        double coarse = areaError(4);
        double fine = areaError(1);
        // The staircase would be half too large, whatever the lattice.
        assertThat(coarse).isLessThan(0.05);
        assertThat(fine).isLessThan(0.015).isLessThan(coarse);
    }

    @Test
    void regionsThatTouchHaveTheSameNodesBetweenThem() {
        Grid grid = new Grid(40, 40, 40, Affine.scaling(1, 1, 1));
        SortedMap<Integer, TriangleMesh> nets = surfaces(Labels.balls(grid, 9, 17, 19.4, 19.8, 20.1), 2, 20);
        SurfaceQuality shell = SurfaceQuality.of(nets.get(1));
        SurfaceQuality core = SurfaceQuality.of(nets.get(2));

        // A shell has two spheres for a surface.
        assertThat(shell.eulerCharacteristic()).isEqualTo(4);
        assertThat(core.eulerCharacteristic()).isEqualTo(2);
        int shared = 0;
        for (int n = 0; n < nets.get(2).nodes(); n++) {
            for (int m = 0; m < nets.get(1).nodes(); m++) {
                shared += nets.get(1).coordinate(m, 0) == nets.get(2).coordinate(n, 0)
                                && nets.get(1).coordinate(m, 1) == nets.get(2).coordinate(n, 1)
                                && nets.get(1).coordinate(m, 2) == nets.get(2).coordinate(n, 2)
                        ? 1
                        : 0;
            }
        }
        assertThat(shared).isEqualTo(core.nodes());
    }

    @Test
    void obliqueVoxelsGiveTheBallWhereItIs() {
        Grid grid = new Grid(70, 60, 40, Labels.OBLIQUE);
        double[] centre = grid.affine().apply(35, 30, 20);
        TriangleMesh core = surfaces(Labels.balls(grid, 12, 20, centre), 2, 20).get(2);
        double[] middle = Labels.SUPINE.toScene(centre);
        for (int n = 0; n < core.nodes(); n++) {
            double r = Math.hypot(
                    Math.hypot(core.coordinate(n, 0) - middle[0], core.coordinate(n, 1) - middle[1]),
                    core.coordinate(n, 2) - middle[2]);
            // Voxels are 2.1 mm long.
            assertThat(r).isCloseTo(0.012, within(0.0015));
        }
        assertThat(SurfaceQuality.of(core).volume()).isCloseTo(4 / 3.0 * Math.PI * 1728e-9, withinPercentage(3));
    }

    @Test
    void cubesThatTouchAtAnEdgeOrACornerAreApart() {
        Grid grid = new Grid(4, 4, 4, Affine.scaling(1, 1, 1));
        byte[] labels = new byte[64];
        labels[grid.index(0, 0, 0)] = 1;
        labels[grid.index(1, 1, 0)] = 1;
        labels[grid.index(2, 2, 1)] = 1;
        SurfaceQuality quality = SurfaceQuality.of(
                surfaces(LabelField.of(grid, labels, Map.of("a", 1)), 1, 0).get(1));

        assertThat(quality.closed() && quality.manifold()).isTrue();
        assertThat(quality.eulerCharacteristic()).isEqualTo(6);
        assertThat(quality.nodes()).isEqualTo(24);
        assertThat(quality.volume()).isCloseTo(3e-9, within(1e-20));
    }

    /** Two holes that touch at an edge, closed at both ends: the edge between them is twice between the same nodes, unless it is cut. */
    @Test
    void anEdgeBetweenTwoHolesIsCut() {
        Grid grid = new Grid(4, 4, 3, Affine.scaling(1, 1, 1));
        byte[] labels = new byte[48];
        Arrays.fill(labels, (byte) 1);
        labels[grid.index(1, 1, 1)] = 0;
        labels[grid.index(2, 2, 1)] = 0;
        SurfaceQuality quality = SurfaceQuality.of(
                surfaces(LabelField.of(grid, labels, Map.of("a", 1)), 1, 0).get(1));

        assertThat(quality.closed() && quality.manifold()).isTrue();
        assertThat(quality.volume()).isCloseTo(46e-9, within(1e-20));
        assertThat(quality.eulerCharacteristic()).isEven();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void anyLabelsGiveClosedManifolds(int rounds) {
        for (long seed = 0; seed < 50; seed++) {
            LabelField labels = Labels.random(seed);
            SortedMap<Integer, TriangleMesh> surfaces = surfaces(labels, 2, rounds);
            for (int region : labels.names().values()) {
                SurfaceQuality quality = SurfaceQuality.of(surfaces.get(region));
                assertThat(quality.closed())
                        .as("seed %d region %d", seed, region)
                        .isTrue();
                assertThat(quality.manifold())
                        .as("seed %d region %d", seed, region)
                        .isTrue();
                if (rounds == 0) {
                    assertThat(quality.volume()).isCloseTo(labels.count(region) * 8e-9, within(1e-18));
                }
            }
        }
    }

    @Test
    void surfacesThatAreNoneAreSeen() {
        TriangleMesh open = TriangleMesh.of(new double[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, new int[] {0, 1, 2});
        assertThat(SurfaceQuality.of(open).closed()).isFalse();
        assertThat(SurfaceQuality.of(open).manifold()).isTrue();
        assertThat(SurfaceQuality.of(open).area()).isEqualTo(0.5);
        // Two tetrahedra that share a node.
        double[] p = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0, -1};
        TriangleMesh pinched =
                TriangleMesh.of(p, new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3, 0, 4, 5, 0, 6, 4, 0, 5, 6, 4, 6, 5});
        assertThat(SurfaceQuality.of(pinched).closed()).isTrue();
        assertThat(SurfaceQuality.of(pinched).manifold()).isFalse();
        // One triangle of a tetrahedron is the wrong way round.
        TriangleMesh turned = TriangleMesh.of(Arrays.copyOf(p, 12), new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 3, 2});
        assertThat(SurfaceQuality.of(turned).manifold()).isFalse();
    }

    @Test
    void roundsOutOfRangeAreRefused() {
        LabelLattice lattice = LabelLattice.of(RegionLabels.ofNames(Labels.box(2, 2, 2, 1)), 1, Cancellation.NEVER);
        assertThatThrownBy(() -> SurfaceNets.of(lattice, -1, Labels.SUPINE, Cancellation.NEVER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("rounds: are -1; allowed is 0 to 1000");
    }
}
