package org.oncotwin.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Seconds of the repetitions of one piece of work. Whatever else the machine does only ever makes one slower, so the best is the number to compare; the median tells how quiet it was.
 *
 * @param best least seconds
 * @param median median of the seconds
 * @param repetitions how many
 */
record Timing(double best, double median, int repetitions) {

    private static final double ENOUGH_SECONDS = 2;
    private static final int MOST = 9;

    /**
     * A timing and what the work gave the last time.
     *
     * @param timing seconds
     * @param result result
     */
    record Timed<T>(Timing timing, T result) {}

    /** Repeats work for some two seconds, once at least. */
    static <T> Timed<T> of(Supplier<T> work) {
        List<Double> seconds = new ArrayList<>();
        double total = 0;
        T result;
        do {
            long start = System.nanoTime();
            result = work.get();
            seconds.add((System.nanoTime() - start) * 1e-9);
            total += seconds.get(seconds.size() - 1);
        } while (total < ENOUGH_SECONDS && seconds.size() < MOST);
        Collections.sort(seconds);
        return new Timed<>(new Timing(seconds.get(0), seconds.get(seconds.size() / 2), seconds.size()), result);
    }
}
