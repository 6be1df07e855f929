package org.oncotwin.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

@Tag("SR-1704")
class MeshQualityTest {

    private static LabelLattice lattice(LabelField labels, double edge) {
        return LabelLattice.of(RegionLabels.ofNames(labels), edge, Cancellation.NEVER);
    }

    private static MeshQuality quality(int inverted, int nonConforming, double small, double large, double edge) {
        return new MeshQuality(8, 6, inverted, nonConforming, small, large, edge, 1, List.of());
    }

    @Test
    void cubesOfVoxelsLoseNothing() {
        LabelLattice lattice = lattice(Labels.random(9), 2);
        TetrahedralMesh mesh = TetrahedralMesher.cubes(lattice, Labels.SUPINE, Cancellation.NEVER);
        MeshQuality quality = MeshQuality.of(mesh, Labels.SUPINE, lattice, Cancellation.NEVER);

        assertThat(quality.regions()).hasSameSizeAs(lattice.source().regions()).allSatisfy(region -> {
            assertThat(region.dice()).isEqualTo(1);
            assertThat(region.hausdorff()).isLessThan(1e-9);
            assertThat(region.relativeVolumeError()).isCloseTo(0, within(1e-9));
        });
    }

    /** A box of 20 x 20 x 20 mm against itself 3 mm further to the front, which is up in the scene. */
    @Test
    void aShiftIsTheDistanceAndTheLossOfOverlap() {
        LabelLattice lattice = lattice(
                Labels.of(
                        new Grid(20, 30, 20, Affine.scaling(1, 1, 1)),
                        (x, y, z) -> y > 4.5 && y < 24.5 ? 1 : 0,
                        Map.of("box", 1)),
                5);
        TetrahedralMesh mesh = TetrahedralMesher.cubes(lattice, Labels.SUPINE, Cancellation.NEVER);
        double[] shifted = mesh.copyOfCoordinates();
        for (int n = 2; n < shifted.length; n += 3) {
            shifted[n] += 0.003;
        }
        RegionQuality box = MeshQuality.of(mesh.at(shifted), Labels.SUPINE, lattice, Cancellation.NEVER)
                .regions()
                .get(0);

        assertThat(box.hausdorff()).isCloseTo(3, within(1e-9));
        assertThat(box.dice()).isCloseTo(17 / 20.0, within(1e-12));
        assertThat(box.relativeVolumeError()).isCloseTo(0, within(1e-9));
        assertThat(box.hausdorff95()).isBetween(2.5, 3 + 1e-9);
    }

    @Test
    void aMeshThatIsTooLargeSaysByHowMuch() {
        LabelLattice lattice = lattice(Labels.box(20, 20, 20, 1), 5);
        Placement placement = Placement.supine(9.5, 9.5, 9.5);
        TetrahedralMesh mesh = TetrahedralMesher.cubes(lattice, placement, Cancellation.NEVER);
        double[] larger = mesh.copyOfCoordinates();
        for (int n = 0; n < larger.length; n++) {
            larger[n] *= 1.1;
        }
        MeshQuality quality = MeshQuality.of(mesh.at(larger), placement, lattice, Cancellation.NEVER);

        // The corners are sqrt(3) mm away.
        assertThat(quality.regions().get(0).hausdorff()).isCloseTo(Math.sqrt(3), within(1e-9));
        assertThat(quality.regions().get(0).relativeVolumeError()).isCloseTo(0.331, within(1e-9));
        assertThat(quality.shortestEdge()).isCloseTo(1.1, within(1e-9));
        assertThatThrownBy(() -> QualityGates.USUAL.check(quality))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "mesh.volumeError: the volume of region 1 (box) is 10.65 cm3 and that of its voxels 8.000 cm3, which differs by 33.10 %; allowed is 2.00 %: choose a shorter edge, or remove its small islands");
    }

    @Test
    void piecesAreCountedByTheirTriangles() {
        Grid grid = new Grid(3, 3, 1, Affine.scaling(1, 1, 1));
        LabelField labels = LabelField.of(grid, new byte[] {1, 0, 2, 1, 2, 0, 0, 0, 1}, Map.of("a", 1, "b", 2));
        LabelLattice lattice = lattice(labels, 1);
        TetrahedralMesh mesh = TetrahedralMesher.cubes(lattice, Labels.SUPINE, Cancellation.NEVER);
        MeshQuality quality = MeshQuality.of(mesh, Labels.SUPINE, lattice, Cancellation.NEVER);

        // Of label 1 two voxels touch and one is apart, those of label 2 touch at an edge only.
        assertThat(quality.regions()).extracting(RegionQuality::pieces).containsExactly(2, 2);
        assertThat(quality.pieces()).isEqualTo(3);
        assertThatThrownBy(() -> QualityGates.USUAL.check(quality))
                .hasMessageStartingWith("mesh.pieces: the mesh has 3 pieces; allowed is 1: remove small islands");
    }

    @Test
    void aMeshOfOtherRegionsIsRefused() {
        LabelLattice lattice = lattice(Labels.box(2, 2, 2, 1), 1);
        TetrahedralMesh mesh = TetrahedralMesher.cubes(lattice, Labels.SUPINE, Cancellation.NEVER);
        int[] regions = new int[mesh.tetrahedra()];
        Arrays.fill(regions, 2);
        TetrahedralMesh other = TetrahedralMesh.of(mesh.copyOfCoordinates(), mesh.copyOfCorners(), regions);
        assertThatThrownBy(() -> MeshQuality.of(other, Labels.SUPINE, lattice, Cancellation.NEVER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("mesh: has regions [2]; allowed are those of the lattice, [1]");
    }

    @Test
    void trianglesThatAreNotBetweenTwoTetrahedraAreSeen() {
        // Two tetrahedra on the same side of a triangle.
        double[] p = {0, 0, 0, 1e-3, 0, 0, 0, 1e-3, 0, 0, 0, 1e-3, 1e-4, 1e-4, 2e-3};
        TetrahedralMesh folded = TetrahedralMesh.of(p, new int[] {0, 1, 2, 3, 0, 1, 2, 4}, new int[] {1, 1});
        LabelLattice lattice = lattice(Labels.box(1, 1, 1, 1), 1);
        MeshQuality quality = MeshQuality.of(folded, Labels.SUPINE, lattice, Cancellation.NEVER);
        assertThat(quality.nonConforming()).isPositive();
        assertThatThrownBy(() -> new QualityGates(0, 180, 0, 1, 9).check(quality))
                .hasMessageStartingWith("mesh.nonConforming: ");
    }

    @Test
    void eachLimitNamesTheValueAndWhatToDo() {
        QualityGates gates = QualityGates.USUAL;
        assertThatCode(() -> gates.check(quality(0, 0, 10, 165, 0.2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> gates.check(quality(1, 0, 10, 165, 0.2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("mesh.inverted: 1 tetrahedra");
        assertThatThrownBy(() -> gates.check(quality(0, 0, 9.5, 165, 0.2)))
                .hasMessageStartingWith(
                        "mesh.smallestDihedral: the smallest dihedral angle is 9.50 degrees; allowed is at least 10.00");
        assertThatThrownBy(() -> gates.check(quality(0, 0, 10, 170, 0.2)))
                .hasMessageStartingWith(
                        "mesh.largestDihedral: the largest dihedral angle is 170.00 degrees; allowed is at most 165.00");
        assertThatThrownBy(() -> gates.check(quality(0, 0, 10, 165, 0.1)))
                .hasMessageStartingWith("mesh.shortestEdge: the shortest edge is 0.100 edges of a cube");
        assertThatThrownBy(() -> gates.check(quality(0, 0, Double.NaN, 165, 0.2)))
                .hasMessageStartingWith("mesh.smallestDihedral");
        assertThatThrownBy(() -> new QualityGates(10, 165, 0.2, -1, 1))
                .hasMessage("gates.volumeError: is -1.0; allowed is 0 to 1");
        assertThatThrownBy(() -> new QualityGates(10, 165, 0.2, 0.02, 0)).hasMessageStartingWith("gates.pieces: is 0");
        Region region = new Region(4, "liver", new TreeSet<>(List.of(4)));
        assertThatCode(() -> gates.check(region, new SurfaceQuality(4, 4, true, true, 2, 1, 1)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> gates.check(region, new SurfaceQuality(3, 1, false, true, 1, 1, 0)))
                .hasMessageStartingWith("mesh.surface: the surface of region 4 (liver) is open, a manifold");
    }

    @Test
    void theNearestTriangleIsFoundAmongAll() {
        SplittableRandom random = new SplittableRandom(4);
        double[] p = new double[300];
        int[] corners = new int[150];
        for (int n = 0; n < p.length; n++) {
            p[n] = random.nextDouble(10);
        }
        for (int n = 0; n < corners.length; n++) {
            corners[n] = n % 100;
        }
        TriangleBins bins = new TriangleBins(p, corners, 0.7);
        for (int n = 0; n < 200; n++) {
            double x = random.nextDouble(-20, 30);
            double y = random.nextDouble(-5, 15);
            double z = random.nextDouble(-5, 15);
            double nearest = Double.POSITIVE_INFINITY;
            for (int t = 0; t < corners.length; t += 3) {
                nearest =
                        Math.min(nearest, searched(p, 3 * corners[t], 3 * corners[t + 1], 3 * corners[t + 2], x, y, z));
            }
            assertThat(bins.distance(x, y, z)).isCloseTo(nearest, within(1e-3));
        }
    }

    /** Distance from a triangle by looking along lines through it: for each place between two edges the nearest point in closed form. */
    private static double searched(double[] p, int a, int b, int c, double x, double y, double z) {
        double best = Double.POSITIVE_INFINITY;
        double[] from = new double[3];
        double[] along = new double[3];
        double[] at = {x, y, z};
        for (int n = 0; n <= 4000; n++) {
            double s = n / 4000.0;
            double dot = 0;
            double length = 0;
            for (int axis = 0; axis < 3; axis++) {
                from[axis] = p[a + axis] + s * (p[b + axis] - p[a + axis]);
                along[axis] = (1 - s) * (p[c + axis] - p[a + axis]);
                dot += along[axis] * (at[axis] - from[axis]);
                length += along[axis] * along[axis];
            }
            double t = length == 0 ? 0 : Math.max(0, Math.min(1, dot / length));
            double squared = 0;
            for (int axis = 0; axis < 3; axis++) {
                squared += Math.pow(from[axis] + t * along[axis] - at[axis], 2);
            }
            best = Math.min(best, squared);
        }
        return Math.sqrt(best);
    }
}
