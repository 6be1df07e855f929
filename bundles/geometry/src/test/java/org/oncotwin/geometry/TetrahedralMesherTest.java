package org.oncotwin.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

@Tag("SR-1703")
class TetrahedralMesherTest {

    private static LabelLattice lattice(LabelField labels, double edge) {
        return LabelLattice.of(RegionLabels.ofNames(labels), edge, Cancellation.NEVER);
    }

    private static TetrahedralMesh smoothed(LabelLattice lattice) {
        return TetrahedralMesher.smoothed(lattice, AngleBounds.USUAL, Labels.SUPINE, Cancellation.NEVER);
    }

    /** Sides of each triangle, by its nodes in ascending order: 1 for those of even order, 16 for those of odd. Says how many triangles are between two tetrahedra. */
    private static int conforming(TetrahedralMesh mesh) {
        int[][] faces = {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}};
        Map<String, Integer> sides = new HashMap<>();
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            for (int[] face : faces) {
                int a = mesh.corner(t, face[0]);
                int b = mesh.corner(t, face[1]);
                int c = mesh.corner(t, face[2]);
                int[] sorted = {a, b, c};
                Arrays.sort(sorted);
                boolean even = a < b && b < c || b < c && c < a || c < a && a < b;
                sides.merge(Arrays.toString(sorted), even ? 1 : 16, Integer::sum);
            }
        }
        assertThat(sides.values()).allMatch(side -> side == 1 || side == 16 || side == 17);
        return (int) sides.values().stream().filter(side -> side == 17).count();
    }

    @Test
    void aBoxOfCubesIsExact() {
        LabelLattice lattice = lattice(Labels.box(2, 3, 4, 5), 5);
        TetrahedralMesh mesh = TetrahedralMesher.cubes(lattice, Labels.SUPINE, Cancellation.NEVER);
        MeshQuality quality = MeshQuality.of(mesh, Labels.SUPINE, lattice, Cancellation.NEVER);

        assertThat(mesh.nodes()).isEqualTo(3 * 4 * 5);
        assertThat(mesh.tetrahedra()).isEqualTo(6 * 24);
        assertThat(mesh.volumeOfRegion(1)).isCloseTo(24 * 125e-9, within(1e-18));
        assertThat(mesh.outerFaces()).hasSize(3 * 2 * 2 * (6 + 8 + 12));
        assertThat(quality.smallestDihedral()).isCloseTo(45, within(1e-6));
        assertThat(quality.largestDihedral()).isCloseTo(90, within(1e-6));
        assertThat(quality.shortestEdge()).isCloseTo(1, within(1e-9));
        assertThat(conforming(mesh)).isEqualTo((4 * 144 - 104) / 2);
    }

    @Test
    void aSmoothedBallIsRounderThanItsCubes() {
        Grid grid = new Grid(50, 50, 50, Affine.scaling(1, 1, 1));
        LabelLattice lattice = lattice(Labels.balls(grid, 14, 22, 24.3, 23.8, 24.9), 4);
        TetrahedralMesh cubes = TetrahedralMesher.cubes(lattice, Labels.SUPINE, Cancellation.NEVER);
        TetrahedralMesh mesh = smoothed(lattice);
        MeshQuality before = MeshQuality.of(cubes, Labels.SUPINE, lattice, Cancellation.NEVER);
        MeshQuality after = MeshQuality.of(mesh, Labels.SUPINE, lattice, Cancellation.NEVER);

        assertThat(mesh.copyOfCorners()).isEqualTo(cubes.copyOfCorners());
        for (int n = 0; n < 2; n++) {
            assertThat(after.regions().get(n).dice())
                    .isGreaterThan(0.95)
                    .isGreaterThan(before.regions().get(n).dice() + 0.03);
            assertThat(after.regions().get(n).relativeVolumeError()).isCloseTo(0, within(1e-4));
            assertThat(after.regions().get(n).hausdorff95())
                    .isLessThan(before.regions().get(n).hausdorff95() * 0.7);
        }
        assertThat(mesh.volumeOfRegion(2)).isCloseTo(4 / 3.0 * Math.PI * 2744e-9, withinPercentage(1));
        assertThat(mesh.volumeOfRegion(1)).isCloseTo(4 / 3.0 * Math.PI * (10648 - 2744) * 1e-9, withinPercentage(1));
        QualityGates.USUAL.check(after);
    }

    @Test
    void obliqueAnisotropicVoxelsGiveTheBallsWhereTheyAre() {
        Grid grid = new Grid(70, 60, 40, Labels.OBLIQUE);
        double[] centre = grid.affine().apply(35, 30, 20);
        LabelLattice lattice = lattice(Labels.balls(grid, 12, 20, centre), 3);
        TetrahedralMesh mesh = smoothed(lattice);
        double[] middle = Labels.SUPINE.toScene(centre);
        double[] mean = new double[3];
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            double r = 0;
            for (int axis = 0; axis < 3; axis++) {
                double sum = 0;
                for (int corner = 0; corner < 4; corner++) {
                    sum += mesh.coordinate(mesh.corner(t, corner), axis);
                }
                mean[axis] = sum / 4 - middle[axis];
                r += mean[axis] * mean[axis];
            }
            double limit = mesh.region(t) == 2 ? 0.0135 : 0.0215;
            assertThat(Math.sqrt(r)).isLessThan(limit);
        }
        MeshQuality quality = MeshQuality.of(mesh, Labels.SUPINE, lattice, Cancellation.NEVER);
        QualityGates.USUAL.check(quality);
        assertThat(quality.regions()).allMatch(region -> region.dice() > 0.94);
    }

    @Test
    void anyLabelsGiveConformingMeshesWithinTheBounds() {
        double largest = 0;
        for (long seed = 0; seed < 50; seed++) {
            LabelLattice lattice = lattice(Labels.random(seed), 2);
            TetrahedralMesh cubes = TetrahedralMesher.cubes(lattice, Labels.SUPINE, Cancellation.NEVER);
            TetrahedralMesh mesh = smoothed(lattice);
            for (Region region : lattice.source().regions()) {
                double voxels = lattice.source().volume(region.number());
                double error = Math.abs(mesh.volumeOfRegion(region.number()) / voxels - 1);
                assertThat(error).as("seed %d %s", seed, region.name()).isLessThan(0.02);
                assertThat(cubes.volumeOfRegion(region.number())).isCloseTo(voxels, withinPercentage(1e-9));
                largest = Math.max(largest, error);
            }
            MeshQuality quality = MeshQuality.of(mesh, Labels.SUPINE, lattice, Cancellation.NEVER);
            assertThat(quality.inverted()).isZero();
            assertThat(quality.nonConforming()).isZero();
            assertThat(quality.smallestDihedral()).as("seed %d", seed).isGreaterThanOrEqualTo(15 - 1e-6);
            assertThat(quality.largestDihedral()).as("seed %d", seed).isLessThanOrEqualTo(150 + 1e-6);
            assertThat(quality.shortestEdge()).as("seed %d", seed).isGreaterThanOrEqualTo(0.3 - 1e-9);
            conforming(mesh);
        }
        // The worst volume is off by less than the tolerance with which regions are held back.
        assertThat(largest).isLessThan(0.01);
    }

    @Test
    void tighterBoundsHoldAsWell() {
        LabelLattice lattice = lattice(Labels.random(5), 2);
        AngleBounds tight = new AngleBounds(30, 120, 0.6);
        TetrahedralMesh mesh = TetrahedralMesher.smoothed(lattice, tight, Labels.SUPINE, Cancellation.NEVER);
        MeshQuality quality = MeshQuality.of(mesh, Labels.SUPINE, lattice, Cancellation.NEVER);

        assertThat(quality.smallestDihedral()).isBetween(30 - 1e-6, 44.0);
        assertThat(quality.largestDihedral()).isBetween(91.0, 120 + 1e-6);
        assertThat(quality.shortestEdge()).isBetween(0.6 - 1e-9, 0.99);
    }

    @Test
    void theSameLabelsGiveTheSameBits() {
        LabelField labels = Labels.random(11);
        assertThat(smoothed(lattice(labels, 3))).isEqualTo(smoothed(lattice(labels, 3)));
    }

    @Test
    void workStopsWhenItShall() {
        LabelLattice lattice = lattice(Labels.random(2), 2);
        int[] looks = new int[1];
        assertThatThrownBy(() ->
                        TetrahedralMesher.smoothed(lattice, AngleBounds.USUAL, Labels.SUPINE, () -> ++looks[0] > 10))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void boundsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new AngleBounds(46, 150, 0.3)).hasMessageContaining("angles.smallest: is 46.0");
        assertThatThrownBy(() -> new AngleBounds(15, 80, 0.3)).hasMessageContaining("angles.largest: is 80.0");
        assertThatThrownBy(() -> new AngleBounds(15, 150, 2)).hasMessageContaining("angles.shortest: is 2.0");
    }
}
