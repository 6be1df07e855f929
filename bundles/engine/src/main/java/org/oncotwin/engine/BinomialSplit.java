package org.oncotwin.engine;

/**
 * Where to keep the next state when a run is swept backwards with room for a few states (Griewank and Walther 2000, Algorithm 799: revolve, ACM TOMS 26:19): with room for {@code s} states, the
 * first included, and each interval advanced over at most {@code r} times, {@code (s + r)! / (s! r!)} intervals can be swept, and no way needs less computing.
 */
final class BinomialSplit {

    private BinomialSplit() {}

    /**
     * After how many intervals to keep the next state.
     *
     * @param length intervals to sweep, at least 2
     * @param room states that can be kept beside the first, at least 1
     * @return 1 to length - 1
     */
    static int of(int length, int room) {
        int s = Math.min(room, length - 1);
        int repeats = 0;
        while (reach(s, repeats) < length) {
            repeats++;
        }
        long middle = Math.max(reach(s, repeats - 2), length - reach(s - 1, repeats));
        return (int) Math.min(length - 1, Math.max(1, middle));
    }

    /** Intervals that can be swept with room for some states beside the first, advancing over each at most so many times before it is swept. */
    private static long reach(int room, int repeats) {
        if (repeats < 0) {
            return 0;
        }
        // (room + 1 + repeats)! / ((room + 1)! repeats!), up to what an int holds.
        long reach = 1;
        for (int k = 1; k <= repeats; k++) {
            reach = reach * (room + 1 + k) / k;
            if (reach > Integer.MAX_VALUE) {
                return Integer.MAX_VALUE;
            }
        }
        return reach;
    }
}
