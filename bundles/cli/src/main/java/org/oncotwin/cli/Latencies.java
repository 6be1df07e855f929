package org.oncotwin.cli;

import java.util.Arrays;
import java.util.Locale;

/** How long answers took: the last so many of them. */
final class Latencies {
    private static final int KEPT = 1 << 20;

    private final long[] nanoseconds = new long[KEPT];
    private long count;

    void add(long value) {
        nanoseconds[(int) (count % KEPT)] = value;
        count++;
    }

    long count() {
        return count;
    }

    /** Median, 99th percentile and longest. */
    String words() {
        if (count == 0) {
            return "none";
        }
        long[] sorted = Arrays.copyOf(nanoseconds, (int) Math.min(count, KEPT));
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "median %.3f ms, 99th percentile %.3f ms, longest %.3f ms",
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) Math.ceil(0.99 * sorted.length) - 1] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }
}
