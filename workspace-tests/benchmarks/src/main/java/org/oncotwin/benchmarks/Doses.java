package org.oncotwin.benchmarks;

import java.util.Arrays;
import org.oncotwin.api.twin.TimeFunction;

/**
 * A rate that jumps at each dose and decays exponentially.
 *
 * @param days days of the doses
 * @param rates what each adds, in 1/d
 * @param decay rate of decay in 1/d
 */
record Doses(double[] days, double[] rates, double decay) implements TimeFunction {

    /** Time constants after which a dose is less than the rounding of the first one. */
    private static final double GONE = 45;

    @Override
    public double at(double day) {
        double sum = 0;
        for (int n = 0; n < days.length; n++) {
            if (day >= days[n] && decay * (day - days[n]) < GONE) {
                sum += rates[n] * Math.exp(-decay * (day - days[n]));
            }
        }
        return sum;
    }

    @Override
    public double integral(double from, double to) {
        double sum = 0;
        for (int n = 0; n < days.length; n++) {
            if (to > days[n] && decay * (from - days[n]) < GONE) {
                double start = Math.max(from, days[n]);
                sum += rates[n] / decay * Math.exp(-decay * (start - days[n])) * -Math.expm1(-decay * (to - start));
            }
        }
        return sum;
    }

    @Override
    public double[] jumps(double from, double to) {
        return Arrays.stream(days).filter(day -> from < day && day < to).toArray();
    }
}
