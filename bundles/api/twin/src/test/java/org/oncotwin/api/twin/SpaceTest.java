package org.oncotwin.api.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SpaceTest {

    /** Voxels of 0.9 x 1.1 x 3 mm, turned by 30 degrees about z and by 20 about x. */
    private static Affine oblique() {
        double a = Math.toRadians(30);
        double b = Math.toRadians(20);
        double[][] z = {{Math.cos(a), -Math.sin(a), 0}, {Math.sin(a), Math.cos(a), 0}, {0, 0, 1}};
        double[][] x = {{1, 0, 0}, {0, Math.cos(b), -Math.sin(b)}, {0, Math.sin(b), Math.cos(b)}};
        double[] size = {0.9, 1.1, 3};
        double[] m = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int n = 0; n < 3; n++) {
                    m[4 * row + column] += z[row][n] * x[n][column] * size[column];
                }
            }
            m[4 * row + 3] = 10 * row - 7;
        }
        return Affine.of(m);
    }

    @Tag("SR-403")
    @Test
    void voxelVolumeIsRightForObliqueAndAnisotropicVoxels() {
        Grid grid = new Grid(4, 5, 6, oblique());
        assertThat(grid.voxelVolume()).isCloseTo(0.9 * 1.1 * 3 / 1000, within(1e-15));
        assertThat(grid.spacing(0)).isCloseTo(0.9, within(1e-14));
        assertThat(grid.spacing(2)).isCloseTo(3, within(1e-14));
        assertThat(grid.affine().isOrthogonal(1e-12)).isTrue();
        assertThat(Mask.all(grid).volume()).isCloseTo(120 * 0.00297, within(1e-13));
    }

    @Test
    void shearedAxesAreSeen() {
        assertThat(Affine.of(1, 0.1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0).isOrthogonal(1e-4))
                .isFalse();
    }

    @Test
    void inverseLeadsBack() {
        Affine affine = oblique();
        double[] world = affine.apply(1.5, 2, -3);
        assertThat(affine.inverse().apply(world[0], world[1], world[2]))
                .containsExactly(new double[] {1.5, 2, -3}, within(1e-12));
    }

    @Test
    void affineThatCannotPlaceAnImageIsRefused() {
        assertThatThrownBy(() -> Affine.of(1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0)).hasMessageContaining("invertible");
        assertThatThrownBy(() -> Affine.of(Double.NaN, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> Affine.of(1, 2)).hasMessageContaining("12");
        assertThatThrownBy(() -> Affine.scaling(0, 1, 1)).hasMessageContaining("invertible");
    }

    @Test
    void gridsThatDoNotFitAnArrayAreRefused() {
        Affine unit = Affine.scaling(1, 1, 1);
        assertThatThrownBy(() -> new Grid(32767, 32767, 32767, unit)).hasMessageContaining("32767 x 32767 x 32767");
        assertThatThrownBy(() -> new Grid(0, 1, 1, unit)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Grid(1 << 16, 1 << 16, 1, unit)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fieldsAndMasksCannotBeChangedFromOutside() {
        Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
        double[] values = {1, 2};
        Field field = Field.of(grid, values);
        values[0] = 9;
        field.toArray()[1] = 9;
        assertThat(field).isEqualTo(Field.of(grid, new double[] {1, 2}));
        boolean[] inside = {true, false};
        Mask mask = Mask.of(grid, inside);
        inside[1] = true;
        assertThat(mask.count()).isEqualTo(1);
        byte[] labels = {(byte) 200, 3};
        LabelField tissue = LabelField.of(grid, labels, Map.of("white", 200));
        labels[0] = 0;
        assertThat(tissue.label(0)).isEqualTo(200);
        assertThat(tissue.count(200)).isEqualTo(1);
    }

    @Test
    void equalityOfFieldsIsEqualityOfBits() {
        Grid grid = new Grid(1, 1, 1, Affine.scaling(1, 1, 1));
        assertThat(Field.of(grid, new double[] {0.0})).isNotEqualTo(Field.of(grid, new double[] {-0.0}));
    }

    @Test
    void sumGoesSliceBySlice() {
        Grid grid = new Grid(7, 5, 3, Affine.scaling(1, 1, 1));
        Random random = new Random(5);
        double[] values = random.doubles(grid.size()).toArray();
        double expected = 0;
        for (int k = 0; k < 3; k++) {
            double slice = 0;
            for (int n = 0; n < 35; n++) {
                slice += values[35 * k + n];
            }
            expected += slice;
        }
        assertThat(Field.of(grid, values).sum()).isEqualTo(expected);
    }
}
