package org.oncotwin.model.gompertz;

import org.oncotwin.api.twin.TimeFunction;

/** amplitude exp(-rate t) + offset; with amplitude 0 it is constant without saying so, which makes the model ask its solver. */
record Decay(double amplitude, double rate, double offset) implements TimeFunction {

    @Override
    public double at(double day) {
        return amplitude * StrictMath.exp(-rate * day) + offset;
    }

    @Override
    public double integral(double from, double to) {
        return -amplitude / rate * StrictMath.exp(-rate * from) * StrictMath.expm1(-rate * (to - from))
                + offset * (to - from);
    }
}
