package org.oncotwin.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

@Tag("SR-1701")
class LabelLatticeTest {

    @Test
    void cubesOfTheSizeOfVoxelsHaveTheirLabelsAndPlacesWhateverTheOrderOfTheVoxels() {
        LabelField labels = Labels.random(3);
        Grid grid = labels.grid();
        // The same voxels seen with x reversed and the axes in another order.
        Grid turned = new Grid(grid.nz(), grid.nx(), grid.ny(), Affine.of(0, -2, 0, 5, 0, 0, 2, 7, 2, 0, 0, 9));
        byte[] bytes = new byte[grid.size()];
        for (int n = 0; n < bytes.length; n++) {
            int i = n % grid.nx();
            int j = n / grid.nx() % grid.ny();
            int k = n / grid.nx() / grid.ny();
            bytes[turned.index(k, i, j)] = (byte) labels.label(n);
        }
        RegionLabels regions = RegionLabels.ofNames(LabelField.of(turned, bytes, labels.names()));
        LabelField cubes = LabelLattice.of(regions, 2, Cancellation.NEVER).cubes();

        int labelled = 0;
        Affine toVoxels = turned.affine().inverse();
        for (int n = 0; n < cubes.grid().size(); n++) {
            if (cubes.label(n) != 0) {
                Grid g = cubes.grid();
                double[] p = g.affine().apply(n % g.nx(), n / g.nx() % g.ny(), n / g.nx() / g.ny());
                double[] v = toVoxels.apply(p[0], p[1], p[2]);
                int voxel = turned.index((int) Math.round(v[0]), (int) Math.round(v[1]), (int) Math.round(v[2]));
                assertThat(cubes.label(n)).isEqualTo(bytes[voxel]);
                assertThat(v[0]).isCloseTo(Math.round(v[0]), within(1e-9));
                labelled++;
            }
        }
        assertThat(labelled)
                .isEqualTo(bytes.length - LabelField.of(turned, bytes, Map.of()).count(0));
    }

    @Test
    void obliqueAnisotropicVoxelsKeepVolumeAndPlace() {
        Grid grid = new Grid(70, 60, 40, Labels.OBLIQUE);
        double[] centre = grid.affine().apply(35, 30, 20);
        LabelField labels = Labels.balls(grid, 10, 20, centre);
        LabelLattice lattice = LabelLattice.of(RegionLabels.ofNames(labels), 1.5, Cancellation.NEVER);

        double cube = 1.5 * 1.5 * 1.5;
        assertThat(lattice.cubes().count(2) * cube).isCloseTo(4 / 3.0 * Math.PI * 1000, withinPercentage(3));
        assertThat(lattice.cubes().count(1) * cube).isCloseTo(4 / 3.0 * Math.PI * 7000, withinPercentage(3));
        double[] mean = new double[3];
        Grid g = lattice.cubes().grid();
        for (int n = 0; n < g.size(); n++) {
            if (lattice.cubes().label(n) == 2) {
                double[] p = g.affine().apply(n % g.nx(), n / g.nx() % g.ny(), n / g.nx() / g.ny());
                for (int axis = 0; axis < 3; axis++) {
                    mean[axis] += p[axis] / lattice.cubes().count(2);
                }
            }
        }
        assertThat(mean).containsExactly(centre, within(0.15));
    }

    @Test
    void sharesAreThoseOfTheVoxels() {
        Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
        LabelField labels = LabelField.of(grid, new byte[] {1, 2}, Map.of("a", 1, "b", 2));
        RegionLabels regions = RegionLabels.ofNames(labels);
        assertThatThrownBy(() -> LabelLattice.of(regions, 2, Cancellation.NEVER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("edge: is 2.0 mm, and a has the largest share of no cube; choose a shorter edge");
        // Two cubes reach beyond the voxels by a quarter of a voxel, in which one of their three points along the edge
        // lies.
        LabelLattice lattice = LabelLattice.of(regions, 1.25, Cancellation.NEVER);
        int first = lattice.cubes().grid().index(1, 1, 1);
        assertThat(lattice.cubes().label(first)).isEqualTo(1);
        assertThat(lattice.share(first, 1)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(lattice.share(first, 2)).isZero();
        assertThat(lattice.share(0, 0)).isEqualTo(1);
    }

    @Test
    void edgesThatDoNotWorkAreRefused() {
        RegionLabels regions = RegionLabels.ofNames(Labels.box(10, 10, 10, 1));
        for (double edge : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> LabelLattice.of(regions, edge, Cancellation.NEVER))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("edge: is " + edge + "; allowed is above 0 mm");
        }
        assertThatThrownBy(() -> LabelLattice.of(regions, 1e-3, Cancellation.NEVER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("choose a longer edge");
        assertThatThrownBy(() -> LabelLattice.of(regions, 1, () -> true)).isInstanceOf(CancellationException.class);
    }
}
