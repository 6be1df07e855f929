package org.oncotwin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

class SnapshotRecorderTest {

    private static final Grid GRID = new Grid(5, 5, 5, Affine.scaling(1, 1, 1));

    private static Output output(double day, int voxel) {
        double[] values = new double[GRID.size()];
        values[voxel] = 1;
        SimulationTime time = SimulationTime.ofDays(day);
        State state = State.at(time)
                .with(List.of(
                        new FieldComponent(Quantity.TUMOUR_CELLULARITY, "growth", 1, Field.owning(GRID, values))));
        return new Output(time, Map.of(), state);
    }

    private static List<SimulationTime> days(double... days) {
        return java.util.Arrays.stream(days).mapToObj(SimulationTime::ofDays).toList();
    }

    @Test
    void keepsTheWantedTimesAndCutsAllWhereTheTumourStarted() {
        SnapshotRecorder recorder = new SnapshotRecorder(days(1, 3));
        assertThat(recorder.extractor()).isEmpty();
        recorder.output(output(0, GRID.index(1, 2, 3)));
        recorder.output(output(1, GRID.index(1, 2, 3)));
        recorder.output(output(2, GRID.index(1, 2, 3)));
        recorder.output(output(3, GRID.index(4, 4, 4)));
        assertThat(recorder.snapshots()).extracting(Snapshot::time).isEqualTo(days(1, 3));
        assertThat(recorder.snapshots().get(1).cellularity().axial().position()).isEqualTo(3);
        assertThat(recorder.snapshots().get(0).cellularity().axial().toArray()).contains(1);
        assertThat(recorder.snapshots().get(1).cellularity().axial().toArray()).containsOnly(0);
    }

    @Test
    void recordsNothingOfAModelWithoutSpace() {
        SnapshotRecorder recorder = new SnapshotRecorder(days(0));
        State state = State.at(SimulationTime.ZERO)
                .with(List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, "growth", 1, 5)));
        recorder.output(new Output(SimulationTime.ZERO, Map.of(), state));
        assertThat(recorder.snapshots()).isEmpty();
        assertThat(recorder.extractor()).isEmpty();
    }

    @Test
    void choosesTimesEvenlyWithFirstAndLast() {
        List<SimulationTime> daily =
                IntStream.rangeClosed(0, 100).mapToObj(SimulationTime::ofDays).toList();
        assertThat(SnapshotSelection.evenlySpaced(daily, 6)).isEqualTo(days(0, 20, 40, 60, 80, 100));
        assertThat(SnapshotSelection.evenlySpaced(days(0, 1, 2, 30, 90, 100), 3))
                .isEqualTo(days(0, 30, 100));
        assertThat(SnapshotSelection.evenlySpaced(days(0, 7), 6)).isEqualTo(days(0, 7));
        assertThatThrownBy(() -> SnapshotSelection.evenlySpaced(days(0, 7), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 1 of 2");
    }
}
