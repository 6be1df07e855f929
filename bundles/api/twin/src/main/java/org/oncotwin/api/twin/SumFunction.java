package org.oncotwin.api.twin;

import java.util.List;

/** Sum of functions of time. */
record SumFunction(List<TimeFunction> terms) implements TimeFunction {

    static TimeFunction of(List<TimeFunction> terms) {
        // A term that is always zero must not change a bit of the result, so it is left out rather than added.
        List<TimeFunction> present =
                terms.stream().filter(t -> !t.isConstant(0)).toList();
        return switch (present.size()) {
            case 0 -> new ConstantFunction(0);
            case 1 -> present.get(0);
            default -> new SumFunction(present);
        };
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
}
