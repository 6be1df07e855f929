package org.oncotwin.api.twin;

/** A function of time times a constant; its integral is as exact as that of the function. */
record ScaledFunction(double factor, TimeFunction function) implements TimeFunction {

    @Override
    public double at(double day) {
        return factor * function.at(day);
    }

    @Override
    public double integral(double from, double to) {
        return factor * function.integral(from, to);
    }

    @Override
    public double[] jumps(double from, double to) {
        return function.jumps(from, to);
    }
}
