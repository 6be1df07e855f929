package org.oncotwin.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Seconds of the repetitions of one piece of work. Whatever else the machine does only ever makes one slower, so the best is the number to compare; the median tells how quiet it was, the
 * first what it takes before the compiler has seen the work.
 *
 * @param first seconds of the first repetition
 * @param best least seconds
 * @param median median of the seconds
 * @param repetitions how many
 */
record Timing(double first, double best, double median, int repetitions) {

    private static final double ENOUGH_SECONDS = 4;
    private static final int MOST = 15;

    /**
     * A timing and what the work gave the last time.
     *
     * @param timing seconds
     * @param result result
     */
    record Timed<T>(Timing timing, T result) {}

    /** Repeats work for some four seconds, once at least. */
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
        return new Timed<>(of(seconds), result);
    }

    /** The timing of repetitions that took some seconds each. */
    static Timing of(List<Double> seconds) {
        return new Timing(seconds.get(0), Collections.min(seconds), median(seconds), seconds.size());
    }

    /** The middle one, or the upper of the two. */
    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
