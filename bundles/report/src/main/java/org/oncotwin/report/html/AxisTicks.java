package org.oncotwin.report.html;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Round values at even steps of 1, 2 or 5 times a power of ten.
 *
 * @param values ticks, ascending
 * @param labels what stands at them
 */
record AxisTicks(List<Double> values, List<String> labels) {

    AxisTicks {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
    }

    /** Ticks from {@code low} to {@code high}, both included where they are round; about {@code number} of them. */
    static AxisTicks between(double low, double high, int number) {
        BigDecimal step = step((high - low) / number);
        List<Double> values = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        double tolerance = 1e-9 * (high - low);
        long n = (long) Math.ceil((low - tolerance) / step.doubleValue());
        for (; n * step.doubleValue() <= high + tolerance; n++) {
            BigDecimal value = step.multiply(BigDecimal.valueOf(n));
            values.add(value.doubleValue());
            labels.add(Text.number(value.doubleValue(), 6));
        }
        return new AxisTicks(values, labels);
    }

    /** The end of an axis from zero: the first round value at or above {@code largest}. */
    static double roundUp(double largest, int number) {
        double step = step(largest / number).doubleValue();
        return step * Math.ceil(largest / step - 1e-9);
    }

    private static BigDecimal step(double least) {
        int exponent = (int) Math.floor(Math.log10(least));
        for (int power = exponent; ; power++) {
            for (int factor : new int[] {1, 2, 5}) {
                BigDecimal step = BigDecimal.valueOf(factor).scaleByPowerOfTen(power);
                if (step.doubleValue() >= least * (1 - 1e-9)) {
                    return step;
                }
            }
        }
    }
}
