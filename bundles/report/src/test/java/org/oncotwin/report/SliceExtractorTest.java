package org.oncotwin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

class SliceExtractorTest {

    /** The same 3 x 4 x 5 points of the patient, stored in different orders; x = 0, 2, 4; y = 0, 3, 6, 9; z = 0, 1, 2, 3, 4 mm. */
    enum Storage {
        RAS(new Grid(3, 4, 5, Affine.scaling(2, 3, 1))),
        LPS(new Grid(3, 4, 5, Affine.of(-2, 0, 0, 4, 0, -3, 0, 9, 0, 0, 1, 0))),
        SRA(new Grid(5, 3, 4, Affine.of(0, 2, 0, 0, 0, 0, 3, 0, 1, 0, 0, 0))),
        ILA(new Grid(5, 3, 4, Affine.of(0, -2, 0, 4, 0, 0, 3, 0, -1, 0, 0, 4))),
        SLIGHTLY_OBLIQUE(new Grid(3, 4, 5, Affine.of(2, 0.02, 0, 0, -0.02, 3, 0, 0, 0, 0, 1, 0)));

        final Grid grid;

        Storage(Grid grid) {
            this.grid = grid;
        }
    }

    /** A field whose value tells the place: 100 x + 10 y + z, in mm rounded to whole numbers. */
    private static Field places(Grid grid) {
        double[] values = new double[grid.size()];
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    double[] p = grid.affine().apply(i, j, k);
                    values[grid.index(i, j, k)] = 100 * Math.round(p[0]) + 10 * Math.round(p[1]) + Math.round(p[2]);
                }
            }
        }
        return Field.owning(grid, values);
    }

    private static int[] voxelAt(Grid grid, double x, double y, double z) {
        double[] index = grid.affine().inverse().apply(x, y, z);
        return new int[] {(int) Math.round(index[0]), (int) Math.round(index[1]), (int) Math.round(index[2])};
    }

    @Tag("SR-552")
    @ParameterizedTest
    @EnumSource
    void putsThePatientsRightOnTheLeftHoweverVoxelsAreStored(Storage storage) {
        int[] centre = voxelAt(storage.grid, 2, 3, 1);
        Slices slices = SliceExtractor.through(storage.grid, centre[0], centre[1], centre[2])
                .extract(places(storage.grid));

        Slice axial = slices.axial();
        assertThat(new int[] {axial.columns(), axial.rows()}).containsExactly(3, 4);
        // Upper left: right (x = 4) and front (y = 9); lower right: left (x = 0) and back (y = 0).
        assertThat(axial.value(0, 0)).isEqualTo(400 + 90 + 1);
        assertThat(axial.value(2, 3)).isEqualTo(0 + 0 + 1);
        assertThat(axial.value(0, 3)).isEqualTo(400 + 0 + 1);
        assertThat(axial.columnSpacing()).isCloseTo(2, within(1e-3));
        assertThat(axial.rowSpacing()).isCloseTo(3, within(1e-3));
        assertThat(axial.position()).isCloseTo(1, within(0.05));

        Slice coronal = slices.coronal();
        assertThat(new int[] {coronal.columns(), coronal.rows()}).containsExactly(3, 5);
        assertThat(coronal.value(0, 0)).isEqualTo(400 + 30 + 4);
        assertThat(coronal.value(2, 4)).isEqualTo(0 + 30 + 0);
        assertThat(coronal.position()).isCloseTo(3, within(0.05));

        Slice sagittal = slices.sagittal();
        assertThat(new int[] {sagittal.columns(), sagittal.rows()}).containsExactly(4, 5);
        assertThat(sagittal.value(0, 0)).isEqualTo(200 + 90 + 4);
        assertThat(sagittal.value(3, 4)).isEqualTo(200 + 0 + 0);
        assertThat(sagittal.width()).isCloseTo(12, within(1e-2));
        assertThat(sagittal.position()).isCloseTo(2, within(0.05));
    }

    @Test
    void goesThroughTheCentreOfBurden() {
        Grid grid = new Grid(9, 9, 9, Affine.scaling(1, 1, 1));
        double[] values = new double[grid.size()];
        values[grid.index(1, 2, 3)] = 1;
        values[grid.index(5, 2, 7)] = 1;
        Slices slices = SliceExtractor.throughCentreOf(Field.of(grid, values)).extract(places(grid));
        assertThat(slices.sagittal().position()).isEqualTo(3);
        assertThat(slices.coronal().position()).isEqualTo(2);
        assertThat(slices.axial().position()).isEqualTo(5);
    }

    @Test
    void goesThroughTheMiddleWhereThereIsNoTumour() {
        Grid grid = new Grid(9, 7, 5, Affine.scaling(1, 1, 1));
        Slices slices = SliceExtractor.throughCentreOf(Field.constant(grid, 0)).extract(places(grid));
        assertThat(slices.sagittal().position()).isEqualTo(4);
        assertThat(slices.coronal().position()).isEqualTo(3);
        assertThat(slices.axial().position()).isEqualTo(2);
    }

    @Test
    void cutsLabelsInTheSamePlace() {
        Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
        LabelField labels = LabelField.of(grid, new byte[] {3, (byte) 200}, Map.of("white", 3));
        Slices slices = SliceExtractor.through(grid, 0, 0, 0).extract(labels);
        assertThat(slices.axial().toArray()).containsExactly(200, 3);
        assertThat(slices.sagittal().toArray()).containsExactly(3);
    }

    @Test
    void refusesAnotherGridAndVoxelsOutside() {
        Grid grid = new Grid(2, 2, 2, Affine.scaling(1, 1, 1));
        Grid other = new Grid(2, 2, 2, Affine.scaling(1, 1, 2));
        assertThatThrownBy(() -> SliceExtractor.through(grid, 0, 0, 0).extract(Field.constant(other, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another grid");
        assertThatThrownBy(() -> SliceExtractor.through(grid, 0, 2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(0, 2, 0)");
    }
}
