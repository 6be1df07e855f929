package org.oncotwin.treatment.pbpk;

import java.util.Arrays;
import org.oncotwin.api.twin.TimeFunction;

/** A concentration as a sum of exponentials between doses; exact, and so is its integral. */
final class ModalConcentration implements TimeFunction {

    private final DoseHistory history;
    private final double[] reading;

    ModalConcentration(DoseHistory history, double[] reading) {
        this.history = history;
        this.reading = reading;
    }

    @Override
    public double at(double day) {
        int stretch = history.stretch(day);
        // Where modes cancel, rounding may leave a sum that is negative in its sixteenth digit.
        return stretch < 0 ? 0 : Math.max(0, history.within(reading, stretch, day, 0));
    }

    @Override
    public double integral(double from, double to) {
        int last = history.stretch(to);
        if (last < 0) {
            return 0;
        }
        int first = history.stretch(from);
        double head = first < 0 ? 0 : history.within(reading, first, from, 1);
        double tail = history.within(reading, last, to, 1);
        return Math.max(0, history.between(reading, Math.max(first, 0), last) + tail - head);
    }

    @Override
    public double[] jumps(double from, double to) {
        return Arrays.stream(history.starts())
                .filter(day -> day > from && day < to)
                .toArray();
    }
}
