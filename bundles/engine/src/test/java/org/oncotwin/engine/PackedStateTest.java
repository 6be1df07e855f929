package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

@Tag("SR-603")
class PackedStateTest {

    private static final Grid GRID = new Grid(40, 30, 20, Affine.scaling(1, 1, 1));

    private static State state(double[] values) {
        return State.at(SimulationTime.ofDays(3))
                .with(List.of(
                        new FieldComponent(Quantity.TUMOUR_CELLULARITY, "model", 2, Field.of(GRID, values)),
                        new ScalarComponent(Quantity.TUMOUR_VOLUME, "other", 1, 1.5),
                        new AgentsComponent(
                                new Quantity("cells", "1", QuantityKind.AGENTS, 0, 1, "cells"),
                                "third",
                                1,
                                2,
                                Map.of("x", new double[] {1, 2}))));
    }

    @Test
    void givesEveryBitBack() {
        double[] values = new double[GRID.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = index % 7 < 3 || index > 5000 && index < 9000 ? Math.sin(index) : 0;
        }
        values[4] = -0.0;
        values[values.length - 1] = Double.MIN_VALUE;
        State back = PackedState.of(state(values)).unpack();
        assertThat(back).isEqualTo(state(values));
        double[] bits = back.field("model", Quantity.TUMOUR_CELLULARITY).toArray();
        assertThat(Double.doubleToRawLongBits(bits[4])).isEqualTo(Double.doubleToRawLongBits(-0.0));
    }

    @Test
    void keepsOnlyWhatIsNotZero() {
        double[] values = new double[GRID.size()];
        assertThat(PackedState.of(state(values)).bytes()).isLessThan(1000);
        Arrays.fill(values, 1000, 2000, 0.5);
        assertThat(PackedState.of(state(values)).bytes()).isBetween(8000L, 9000L);
        Arrays.fill(values, 0.5);
        assertThat(PackedState.of(state(values)).bytes()).isBetween(8L * GRID.size(), 8L * GRID.size() + 1000);
    }
}
