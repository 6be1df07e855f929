package org.oncotwin.api.twin;

/** The same value at all times. */
record ConstantFunction(double value) implements TimeFunction {

    @Override
    public double at(double day) {
        return value;
    }

    @Override
    public double integral(double from, double to) {
        return value * (to - from);
    }

    @Override
    public boolean isConstant(double other) {
        return value == other;
    }
}
