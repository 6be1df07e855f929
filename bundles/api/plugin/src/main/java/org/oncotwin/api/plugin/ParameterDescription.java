package org.oncotwin.api.plugin;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number that a plugin takes, for people and for programs.
 *
 * @param name lower-case words joined by underscores, the field's standard term
 * @param unit UCUM code of the unit in which the plugin receives it
 * @param defaultValue value when the case gives none; empty if the case must give one
 * @param minimum smallest allowed value
 * @param maximum largest allowed value
 * @param prior belief before calibration, where there is one
 * @param perTissue true if it may be given one value per tissue class instead of one value
 * @param description one sentence for people
 * @param source where default and prior come from: paper, table, or the reason for the choice
 */
public record ParameterDescription(
        String name,
        String unit,
        OptionalDouble defaultValue,
        double minimum,
        double maximum,
        Optional<Prior> prior,
        boolean perTissue,
        String description,
        String source) {

    /** Checks that the default lies within the bounds. */
    public ParameterDescription {
        if (!name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a parameter name is lower-case words joined by underscores, not '" + name + "'");
        }
        if (!(minimum <= maximum)
                || defaultValue.isPresent()
                        && !(defaultValue.getAsDouble() >= minimum && defaultValue.getAsDouble() <= maximum)) {
            throw new IllegalArgumentException(
                    "parameter " + name + ": default " + defaultValue + " in [" + minimum + ", " + maximum + "]");
        }
    }

    /** A parameter that the case must give. */
    public static ParameterDescription required(
            String name, String unit, double minimum, double maximum, String description, String source) {
        return new ParameterDescription(
                name, unit, OptionalDouble.empty(), minimum, maximum, Optional.empty(), false, description, source);
    }

    /** A parameter with a default. */
    public static ParameterDescription optional(
            String name,
            String unit,
            double defaultValue,
            double minimum,
            double maximum,
            String description,
            String source) {
        return new ParameterDescription(
                name,
                unit,
                OptionalDouble.of(defaultValue),
                minimum,
                maximum,
                Optional.empty(),
                false,
                description,
                source);
    }

    /** This parameter with a prior. */
    public ParameterDescription withPrior(Prior belief) {
        return new ParameterDescription(
                name, unit, defaultValue, minimum, maximum, Optional.of(belief), perTissue, description, source);
    }

    /** This parameter, of which each tissue class may have its own value. */
    public ParameterDescription byTissue() {
        return new ParameterDescription(name, unit, defaultValue, minimum, maximum, prior, true, description, source);
    }

    /** The allowed range in words, such as {@code 0 to 10 mm2/d} or {@code above 0}. */
    public String allowed() {
        String of = unit.equals("1") ? "" : " " + unit;
        if (Double.isInfinite(maximum)) {
            return minimum == Double.MIN_VALUE ? "above 0" + of : "at least " + plain(minimum) + of;
        }
        return (minimum == Double.MIN_VALUE ? "above 0" : plain(minimum)) + " to " + plain(maximum) + of;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
