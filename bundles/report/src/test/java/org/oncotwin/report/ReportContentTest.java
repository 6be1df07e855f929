package org.oncotwin.report;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SimulationTime;

class ReportContentTest {

    private static ReportContent of(Optional<AnatomySlices> anatomy, OptionalDouble threshold, List<Arm> arms) {
        return new ReportContent("title", "case", "", new TreeMap<>(), List.of(), threshold, anatomy, arms);
    }

    @Test
    void refusesNoArmsAndArmsOfOneName() {
        Arm arm = SampleContent.withoutSpace().arms().get(0);
        assertThatThrownBy(() -> of(Optional.empty(), OptionalDouble.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one arm");
        assertThatThrownBy(() -> of(Optional.empty(), OptionalDouble.empty(), List.of(arm, arm)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + arm.name() + "' is there twice");
        assertThatThrownBy(() -> new Arm(" ", arm.result(), List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAThresholdThatEverythingIsAbove() {
        List<Arm> arms = SampleContent.withoutSpace().arms();
        assertThatThrownBy(() -> of(Optional.empty(), OptionalDouble.of(0), arms))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("volumeThreshold is above 0, not 0.0");
    }

    @Test
    void refusesSlicesOfAnotherPlace() {
        Grid grid = new Grid(4, 4, 4, Affine.scaling(1, 1, 1));
        Field field = Field.constant(grid, 1);
        AnatomySlices anatomy =
                AnatomySlices.cut(SliceExtractor.through(grid, 1, 1, 1), "MRI", Optional.of(field), Optional.empty());
        Snapshot elsewhere = new Snapshot(
                SimulationTime.ZERO, SliceExtractor.through(grid, 1, 2, 1).extract(field));
        Arm arm = new Arm("A", SampleContent.withoutSpace().arms().get(0).result(), List.of(elsewhere));
        assertThatThrownBy(() -> of(Optional.of(anatomy), OptionalDouble.empty(), List.of(arm)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not lie where the other slices");
    }
}
