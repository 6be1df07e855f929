package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SR-603")
class BinomialSplitTest {

    /** Intervals advanced over in a sweep with room for some states beside the first. */
    private static long advances(int length, int room) {
        if (length == 1) {
            return 0;
        }
        if (room == 0) {
            return (long) length * (length - 1) / 2;
        }
        int middle = BinomialSplit.of(length, room);
        assertThat(middle).isBetween(1, length - 1);
        return middle + advances(length - middle, room - 1) + advances(middle, room);
    }

    /** The least, tried out. */
    private static long[][] least(int lengths, int rooms) {
        long[][] least = new long[lengths + 1][rooms + 1];
        for (int length = 2; length <= lengths; length++) {
            for (int room = 0; room <= rooms; room++) {
                least[length][room] = (long) length * (length - 1) / 2;
                for (int middle = 1; middle < length && room > 0; middle++) {
                    least[length][room] = Math.min(
                            least[length][room], middle + least[length - middle][room - 1] + least[middle][room]);
                }
            }
        }
        return least;
    }

    @Test
    void noOtherPlacesNeedLessComputing() {
        long[][] least = least(80, 12);
        for (int length = 1; length <= 80; length++) {
            for (int room = 0; room <= 12; room++) {
                assertThat(advances(length, room))
                        .as("%d intervals, room for %d", length, room)
                        .isEqualTo(least[length][room]);
            }
        }
    }

    @Test
    void withRoomForAllEachIntervalIsAdvancedOverOnce() {
        assertThat(advances(1000, 999)).isEqualTo(999);
        assertThat(advances(1000, 100_000)).isEqualTo(999);
    }
}
