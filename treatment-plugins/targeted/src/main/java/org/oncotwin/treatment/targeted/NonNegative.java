package org.oncotwin.treatment.targeted;

import org.oncotwin.api.twin.TimeFunction;

/** A rate that is never negative, fitted by a function that rounding and its tolerance may carry a little below 0. */
record NonNegative(TimeFunction fitted) implements TimeFunction {

    @Override
    public double at(double day) {
        return Math.max(0, fitted.at(day));
    }

    @Override
    public double integral(double from, double to) {
        return Math.max(0, fitted.integral(from, to));
    }

    @Override
    public double[] jumps(double from, double to) {
        return fitted.jumps(from, to);
    }
}
