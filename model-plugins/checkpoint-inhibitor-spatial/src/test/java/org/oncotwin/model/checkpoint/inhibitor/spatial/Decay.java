package org.oncotwin.model.checkpoint.inhibitor.spatial;

import org.oncotwin.api.twin.TimeFunction;

/** amplitude exp(-rate t) + offset; such as a drug that is given on day 0. */
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
