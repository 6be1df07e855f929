package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.SimulationTime;

@Tag("SR-209")
class RangeCheckTest {

    private static final Grid GRID = new Grid(3, 4, 5, Affine.scaling(1, 1, 1));

    private static Quantity cellularity(double minimum, double maximum) {
        return new Quantity("test.cellularity", "1", QuantityKind.FIELD, minimum, maximum, "test");
    }

    private static void check(Quantity own, Quantity declared, double oddOneOut) {
        double[] values = new double[GRID.size()];
        values[GRID.index(2, 1, 3)] = oddOneOut;
        RangeCheck.check(
                SimulationTime.ofDays(4), declared, new FieldComponent(own, "model", 1, Field.owning(GRID, values)));
    }

    @Test
    void theNarrowerOfTwoRangesHoldsAndItsEndsAreInside() {
        for (double inside : new double[] {0, 0.5, 1}) {
            assertThatCode(() -> check(cellularity(0, 1), cellularity(-2, 2), inside))
                    .doesNotThrowAnyException();
            assertThatCode(() -> check(cellularity(-2, 2), cellularity(0, 1), inside))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aValueOutsideIsNamedWithVoxelTimeAndRange() {
        for (double outside : new double[] {-0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> check(cellularity(0, 2), cellularity(-1, 1), outside))
                    .isInstanceOf(SimulationException.class)
                    .hasMessage("test.cellularity is " + outside
                            + " 1 in voxel (2, 1, 3) at day 4.0; its range is 0.0 to 1.0");
        }
    }
}
