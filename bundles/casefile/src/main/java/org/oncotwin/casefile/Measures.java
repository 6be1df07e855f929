package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.api.units.UnitException;

/** Reads numbers with units. */
final class Measures {
    private final UnitConverter units;
    private final Problems problems;

    Measures(UnitConverter units, Problems problems) {
        this.units = units;
        this.problems = problems;
    }

    /** A value of a key in a unit; absent, with a problem noted, if it is not one. */
    OptionalDouble read(CaseObject object, String key, JsonNode value, String unit) {
        return read(object.path(key), value, unit);
    }

    /** A value in a unit; absent, with a problem noted, if it is not one. A plain number is one only if the unit is {@code "1"}. */
    OptionalDouble read(String path, JsonNode value, String unit) {
        if (value.isNumber()) {
            if (!Double.isFinite(value.doubleValue())) {
                return finite(path, value.doubleValue());
            }
            if (!unit.equals("1")) {
                problems.add(
                        path,
                        CaseObject.plain(value) + " has no unit; write it as text with one, such as \""
                                + CaseObject.plain(value) + " " + unit + "\"");
                return OptionalDouble.empty();
            }
            return finite(path, value.doubleValue());
        }
        if (!value.isTextual()) {
            problems.add(path, Words.form(value) + " is not allowed here; needed is " + wanted(unit));
            return OptionalDouble.empty();
        }
        return text(path, value.textValue(), unit);
    }

    /** A value as text, in a unit. */
    OptionalDouble text(String path, String text, String unit) {
        try {
            return finite(path, units.convert(units.parse(text), unit));
        } catch (UnitException wrong) {
            problems.add(path, Words.shown(wrong.getMessage().replaceAll("\\s+", " ")) + "; needed is " + wanted(unit));
            return OptionalDouble.empty();
        }
    }

    /** A value in whatever unit it has; a plain number has none. */
    Optional<MeasuredValue> measured(String path, JsonNode value) {
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return Optional.of(new MeasuredValue(value.doubleValue(), "1"));
        }
        if (!value.isTextual()) {
            problems.add(path, Words.form(value) + " is not allowed here; needed is text with a number and a unit");
            return Optional.empty();
        }
        try {
            return Optional.of(units.parse(value.textValue()));
        } catch (UnitException wrong) {
            problems.add(path, Words.shown(wrong.getMessage().replaceAll("\\s+", " ")));
            return Optional.empty();
        }
    }

    private OptionalDouble finite(String path, double value) {
        if (!Double.isFinite(value)) {
            problems.add(path, value + " is not allowed; needed is a finite number");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value);
    }

    private static String wanted(String unit) {
        return unit.equals("1") ? "a number without a unit" : "text with a number and a unit that converts to " + unit;
    }
}
