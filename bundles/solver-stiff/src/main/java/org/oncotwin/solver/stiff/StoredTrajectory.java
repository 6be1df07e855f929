package org.oncotwin.solver.stiff;

import java.util.Arrays;
import org.oncotwin.api.solver.OdeTrajectory;

/** The steps of a solution with their continuous solutions. Immutable once built. */
final class StoredTrajectory implements OdeTrajectory {

    private final int n;
    private final double start;
    private final double end;
    private final int count;
    /** Days at which steps start, rising. */
    private final double[] days;
    /** Day since which the time of a step is counted, time since then at which it starts, and its length. */
    private final double[] times;
    /** State at the start and at the end and coefficients of the continuous solution, for each step. */
    private final double[][] numbers;

    private final ConservedSums[] sums;
    private final double[] last;

    private StoredTrajectory(Builder builder, double start, double end, double[] last) {
        this.n = last.length;
        this.start = start;
        this.end = end;
        this.count = builder.count;
        this.days = Arrays.copyOf(builder.days, count);
        this.times = Arrays.copyOf(builder.times, 3 * count);
        this.numbers = Arrays.copyOf(builder.numbers, count);
        this.sums = Arrays.copyOf(builder.sums, count);
        this.last = last;
    }

    @Override
    public double start() {
        return start;
    }

    @Override
    public double end() {
        return end;
    }

    @Override
    public void at(double day, double[] state) {
        if (!(day >= start && day <= end)) {
            throw new IllegalArgumentException(
                    "day " + day + " is not within the solution from day " + start + " to day " + end);
        }
        if (day == end) {
            System.arraycopy(last, 0, state, 0, n);
            return;
        }
        int index = stepAt(day);
        double since = day - times[3 * index] - times[3 * index + 1];
        double part = Math.max(0, Math.min(1, since / times[3 * index + 2]));
        double[] own = numbers[index];
        for (int i = 0; i < n; i++) {
            double bend = own[2 * n + i] + part * (own[3 * n + i] + part * own[4 * n + i]);
            state[i] = Step.between(part, own[i], own[n + i], bend);
        }
        if (sums[index].isWanted()) {
            sums[index].copy().restoreBetween(state, part, Arrays.copyOf(own, n), Arrays.copyOfRange(own, n, 2 * n));
        }
    }

    /** The last step that starts at or before a day. */
    private int stepAt(double day) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (days[middle] <= day) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Collects steps. */
    static final class Builder {

        private int count;
        private double[] days = new double[16];
        private double[] times = new double[3 * 16];
        private double[][] numbers = new double[16][];
        private ConservedSums[] sums = new ConservedSums[16];

        /** Adds an accepted step. */
        void add(double day, double since, double from, double length, Step step) {
            if (count == days.length) {
                days = Arrays.copyOf(days, 2 * count);
                times = Arrays.copyOf(times, 6 * count);
                numbers = Arrays.copyOf(numbers, 2 * count);
                sums = Arrays.copyOf(sums, 2 * count);
            }
            int n = step.start.length;
            double[] own = new double[5 * n];
            System.arraycopy(step.start, 0, own, 0, n);
            System.arraycopy(step.end, 0, own, n, n);
            step.copyContinuous(own, 2 * n);
            days[count] = day;
            times[3 * count] = since;
            times[3 * count + 1] = from;
            times[3 * count + 2] = length;
            numbers[count] = own;
            count++;
        }

        /** Ends a stretch in which the same sums were kept. */
        void keep(ConservedSums kept) {
            ConservedSums copy = kept.copy();
            for (int index = count - 1; index >= 0 && sums[index] == null; index--) {
                sums[index] = copy;
            }
        }

        OdeTrajectory build(double start, double end, double[] last) {
            return new StoredTrajectory(this, start, end, last);
        }
    }
}
