package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Reads effects as plain numbers by port, because functions of time cannot be compared: values at times, integrals between them, and weights in space.
 *
 * @param values numbers by port and what they are
 */
record EffectReading(SortedMap<String, List<Double>> values) {

    /** Reads effects at an instant, or over a time at given days in rising order. */
    static EffectReading of(Effects effects, double... days) {
        SortedMap<String, List<Double>> values = new TreeMap<>();
        for (EffectPort<?> port : effects.ports()) {
            Object effect = effects.get(port);
            if (effect instanceof SpatialValue s) {
                values.put(port.name(), space(s));
            } else if (effect instanceof TimeFunction f) {
                values.put(port.name(), time(f, days));
            } else if (effect instanceof KillRate k) {
                int number = 0;
                for (KillRate.Term term : k.terms()) {
                    values.put(port.name() + " term " + number + " rate", time(term.rate(), days));
                    values.put(port.name() + " term " + number + " weight", space(term.weight()));
                    number++;
                }
            } else {
                throw new AssertionError(
                        "port " + port + " is new to the conformance kit, which must learn to read it");
            }
        }
        return new EffectReading(values);
    }

    /** Smallest and largest number of a port must lie in what the port allows, and all must be finite. */
    void assertInRange(String what) {
        for (Map.Entry<String, List<Double>> e : values.entrySet()) {
            boolean fraction = e.getKey().equals(EffectPort.SURVIVING_FRACTION.name())
                    || e.getKey().equals(EffectPort.REMAINING_FRACTION.name());
            assertThat(e.getValue()).as("%s: %s", what, e.getKey()).allSatisfy(value -> assertThat(value)
                    .isFinite()
                    .isNotNegative()
                    .isLessThanOrEqualTo(fraction ? 1 : Double.MAX_VALUE));
        }
    }

    /** The same numbers to a relative tolerance. */
    void assertCloseTo(EffectReading expected, double tolerance, String what) {
        assertThat(values.keySet()).as(what).isEqualTo(expected.values.keySet());
        expected.values.forEach((port, wanted) -> {
            List<Double> found = values.get(port);
            assertThat(found).as("%s: %s", what, port).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(Math.abs(found.get(i) - wanted.get(i)))
                        .as("%s: %s at %d is %s, not %s", what, port, i, found.get(i), wanted.get(i))
                        .isLessThanOrEqualTo(tolerance * Math.max(Math.abs(wanted.get(i)), 1e-12));
            }
        });
    }

    private static List<Double> space(SpatialValue value) {
        if (value instanceof SpatialValue.Varying v) {
            return Arrays.stream(v.field().toArray()).boxed().toList();
        }
        return List.of(((SpatialValue.Uniform) value).value());
    }

    private static List<Double> time(TimeFunction function, double... days) {
        Double[] numbers = new Double[2 * days.length - 1];
        for (int i = 0; i < days.length; i++) {
            numbers[i] = function.at(days[i]);
        }
        for (int i = 1; i < days.length; i++) {
            numbers[days.length + i - 1] = function.integral(days[i - 1], days[i]);
        }
        return List.of(numbers);
    }
}
