package org.oncotwin.api.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sum of functions of time. */
record SumFunction(List<TimeFunction> terms) implements TimeFunction {

    static TimeFunction of(List<TimeFunction> terms) {
        // A term that is always zero must not change a bit of the result, so it is left out rather than added.
        double constant = 0;
        List<TimeFunction> summands = new ArrayList<>();
        for (TimeFunction term : terms) {
            if (term instanceof ConstantFunction c) {
                constant += c.value();
            } else {
                summands.add(term);
            }
        }
        if (constant != 0 || summands.isEmpty()) {
            summands.add(new ConstantFunction(constant));
        }
        return summands.size() == 1 ? summands.get(0) : new SumFunction(List.copyOf(summands));
    }

    @Override
    public double at(double day) {
        double sum = 0;
        for (TimeFunction term : terms) {
            sum += term.at(day);
        }
        return sum;
    }

    @Override
    public double integral(double from, double to) {
        double sum = 0;
        for (TimeFunction term : terms) {
            sum += term.integral(from, to);
        }
        return sum;
    }

    @Override
    public double[] jumps(double from, double to) {
        return jumps(terms, from, to);
    }

    /** Where any of several functions jumps. */
    static double[] jumps(List<TimeFunction> functions, double from, double to) {
        return functions.stream()
                .flatMapToDouble(function -> Arrays.stream(function.jumps(from, to)))
                .sorted()
                .distinct()
                .toArray();
    }
}
