package org.oncotwin.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

@Tag("SR-1701")
class RegionLabelsTest {

    /** A row of voxels of 1 x 2 x 3 mm. */
    private static LabelField row(int... labels) {
        byte[] bytes = new byte[labels.length];
        for (int n = 0; n < labels.length; n++) {
            bytes[n] = (byte) labels[n];
        }
        return LabelField.of(new Grid(labels.length, 1, 1, Affine.scaling(1, 2, 3)), bytes, Map.of());
    }

    private static Region region(int number, String name, Integer... labels) {
        return new Region(number, name, new TreeSet<>(List.of(labels)));
    }

    private static int[] numbers(RegionLabels labels) {
        byte[] bytes = labels.voxels().toArray();
        int[] numbers = new int[bytes.length];
        for (int n = 0; n < numbers.length; n++) {
            numbers[n] = bytes[n] & 0xff;
        }
        return numbers;
    }

    @Test
    void labelsOfSeveralKindsMakeARegionAndOthersAreLeftOut() {
        RegionLabels labels =
                RegionLabels.of(row(1, 2, 4, 0, 200, 9), List.of(region(7, "core", 1, 4), region(3, "rim", 200)));

        assertThat(numbers(labels)).containsExactly(7, 0, 7, 0, 3, 0);
        assertThat(labels.regions()).extracting(Region::number).containsExactly(3, 7);
        assertThat(labels.volume(7)).isCloseTo(12e-9, within(1e-20));
        assertThat(labels.voxels().names()).containsExactly(Map.entry("core", 7), Map.entry("rim", 3));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        LabelField row = row(1, 2);
        refused(() -> RegionLabels.of(row, List.of()), "regions: are none");
        refused(
                () -> RegionLabels.of(row, List.of(region(1, "a", 1), region(1, "b", 2))),
                "regions: two have number 1");
        refused(() -> RegionLabels.of(row, List.of(region(1, "a", 1), region(2, "a", 2))), "regions: two are called a");
        refused(
                () -> RegionLabels.of(row, List.of(region(1, "a", 1), region(2, "b", 1))),
                "regions: two have label 1, one of them b");
        refused(
                () -> RegionLabels.of(row, List.of(region(1, "a", 1), region(2, "b", 5))),
                "regions: b has no voxel: no voxel has one of the labels [5]");
        refused(() -> region(256, "a", 1), "region.number: of a is 256; allowed is 1 to 255");
        refused(() -> region(1, " ", 1), "region.name: is blank");
        SortedSet<Integer> none = new TreeSet<>();
        refused(() -> new Region(1, "a", none), "region.labels: of a are none");
        refused(() -> region(1, "a", 0), "region.labels: of a are [0]; allowed is 1 to 255");
    }

    private static void refused(Runnable work, String message) {
        assertThatThrownBy(work::run).isInstanceOf(InvalidInputException.class).hasMessageStartingWith(message);
    }

    @Test
    void smallIslandsBecomeWhatIsAroundThem() {
        List<Region> regions = List.of(region(1, "a", 1), region(2, "b", 2));
        RegionLabels labels = RegionLabels.of(row(1, 1, 1, 2, 1, 1, 2, 2, 2), regions);

        // The voxels of a row border on nothing at its sides, so an island of one voxel is left out.
        assertThat(numbers(labels.withoutIslandsBelow(7, Cancellation.NEVER)))
                .containsExactly(1, 1, 1, 0, 1, 1, 2, 2, 2);
        assertThat(numbers(labels.withoutIslandsBelow(6, Cancellation.NEVER))).containsExactly(numbers(labels));
        refused(
                () -> labels.withoutIslandsBelow(30, Cancellation.NEVER),
                "island: is 30.0 mm3, and no part of a is as large");
        refused(() -> labels.withoutIslandsBelow(Double.NaN, Cancellation.NEVER), "island: is NaN");

        byte[] bytes = new byte[27];
        Arrays.fill(bytes, (byte) 1);
        bytes[13] = 2;
        bytes[0] = 2;
        LabelField block = LabelField.of(new Grid(3, 3, 3, Affine.scaling(1, 1, 1)), bytes, Map.of());
        RegionLabels cleaned = RegionLabels.of(block, List.of(region(1, "all", 1), region(2, "dots", 2)));
        assertThatThrownBy(() -> cleaned.withoutIslandsBelow(2, Cancellation.NEVER))
                .hasMessageContaining("dots");
    }

    @Test
    void anIslandWithinAnotherRegionBecomesThatRegion() {
        byte[] bytes = new byte[64];
        Arrays.fill(bytes, (byte) 1);
        Grid grid = new Grid(4, 4, 4, Affine.scaling(1, 1, 1));
        bytes[grid.index(1, 1, 1)] = 2;
        bytes[grid.index(3, 3, 3)] = 2;
        bytes[grid.index(3, 3, 2)] = 2;
        RegionLabels labels =
                RegionLabels.of(LabelField.of(grid, bytes, Map.of()), List.of(region(1, "a", 1), region(2, "b", 2)));

        int[] left = numbers(labels.withoutIslandsBelow(2, Cancellation.NEVER));
        assertThat(left[grid.index(1, 1, 1)]).isEqualTo(1);
        assertThat(left[grid.index(3, 3, 3)]).isEqualTo(2);
    }
}
