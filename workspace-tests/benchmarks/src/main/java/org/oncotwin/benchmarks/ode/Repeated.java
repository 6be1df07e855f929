package org.oncotwin.benchmarks.ode;

import java.util.function.Supplier;

/**
 * Work that was repeated: the best of its seconds, because whatever else the machine does only ever makes it slower.
 *
 * @param best least seconds
 * @param first seconds of the first repetition
 * @param repetitions how many
 * @param result of the last
 */
record Repeated<T>(double best, double first, int repetitions, T result) {

    private static final int MOST = 5000;

    /** Repeats work for some seconds, once at least. */
    static <T> Repeated<T> of(double seconds, Supplier<T> work) {
        double best = Double.POSITIVE_INFINITY;
        double first = 0;
        double total = 0;
        int repetitions = 0;
        T result;
        do {
            long start = System.nanoTime();
            result = work.get();
            double took = (System.nanoTime() - start) * 1e-9;
            best = Math.min(best, took);
            first = repetitions == 0 ? took : first;
            total += took;
            repetitions++;
        } while (total < seconds && repetitions < MOST);
        return new Repeated<>(best, first, repetitions, result);
    }
}
