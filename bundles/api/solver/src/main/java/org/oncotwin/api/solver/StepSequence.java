package org.oncotwin.api.solver;

import java.util.Arrays;

/** The steps that a solver took over an interval: the day at which each ended. Immutable. */
public final class StepSequence {

    private final double[] ends;

    private StepSequence(double[] ends) {
        this.ends = ends;
    }

    /** Steps that end on these days since day 0, in rising order; the last is the end of the interval. */
    public static StepSequence endingAt(double... days) {
        for (int n = 0; n < days.length; n++) {
            if (!Double.isFinite(days[n]) || n > 0 && !(days[n] > days[n - 1])) {
                throw new IllegalArgumentException("ends of steps must rise: " + Arrays.toString(days));
            }
        }
        if (days.length == 0) {
            throw new IllegalArgumentException("no step");
        }
        return new StepSequence(days.clone());
    }

    /** Number of steps. */
    public int count() {
        return ends.length;
    }

    /** Day at which a step ends, from 0. */
    public double end(int step) {
        return ends[step];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepSequence s && Arrays.equals(ends, s.ends);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ends);
    }

    @Override
    public String toString() {
        return ends.length + " steps to day " + ends[ends.length - 1];
    }
}
