package org.oncotwin.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.api.units.UnitException;
import org.osgi.service.component.annotations.Component;

/**
 * Conversion with the definitions of the Unified Code for Units of Measure (UCUM 2.2), case sensitive. A result is the double nearest to the exact one: the value is
 * taken as the shortest decimal that stands for it, and nothing is rounded before the end. Thread-safe.
 *
 * <p>Units on a logarithmic scale or with a zero of their own ({@code [pH]}, {@code Cel}) do not convert. Units that only a procedure defines ({@code [iU]},
 * {@code [CFU]}) convert to themselves alone, as the standard asks in section 24.
 */
@Component(service = UnitConverter.class)
public final class UcumUnitConverter implements UnitConverter {

    /** Enough for the quotient of two exact decimals to be rounded once, to a double. */
    private static final MathContext QUOTIENT = new MathContext(60);

    /** Longest text that is read; longer ones are not numbers that a person wrote. */
    private static final int LONGEST_TEXT = 200;

    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

    /** Units of the shipped plugins. To know that these are UCUM needs no table, so that a run in them is not kept waiting for it to be read. */
    static final Set<String> COMMON =
            Set.of("1", "d", "h", "wk", "/d", "mm", "mm2", "mm3", "cm3", "mm2/d", "Gy", "/Gy", "/Gy2", "%", "a");

    /** The table of units, read from XML (about 0.2 s) when something is first asked of it. */
    private static final class Table {
        static final UnitTable INSTANCE = UnitTable.load();
    }

    @Override
    public MeasuredValue parse(String text) {
        if (text == null) {
            throw new UnitException("a value is missing; write a number and a UCUM unit, such as '2 Gy'");
        }
        String trimmed = text.strip();
        Matcher number = NUMBER.matcher(trimmed);
        if (trimmed.length() > LONGEST_TEXT || !number.lookingAt()) {
            throw new UnitException(
                    Quote.of(text) + " does not start with a number; write a number and a UCUM unit, such"
                            + " as '0.05 /d', with a point as the decimal sign");
        }
        double value = finite(number.group());
        String rest = trimmed.substring(number.end());
        if (rest.isEmpty()) {
            return new MeasuredValue(value, "1");
        }
        if (!Character.isWhitespace(rest.charAt(0))) {
            throw new UnitException(unseparated(text, number.group(), rest));
        }
        String unit = rest.strip();
        check(unit);
        return new MeasuredValue(value, unit);
    }

    private static double finite(String number) {
        double value = Double.parseDouble(number);
        // Asked of the digits and not of a BigDecimal: 0e9999999999 is a zero, and an exponent has no bound.
        boolean zero = number.split("[eE]")[0].chars().noneMatch(c -> c >= '1' && c <= '9');
        if (Double.isInfinite(value) || value == 0 && !zero) {
            throw new UnitException("the number " + Quote.of(number) + " is too " + (value == 0 ? "small" : "large")
                    + "; allowed are numbers from 4.9e-324 to 1.7e308 in magnitude");
        }
        return value;
    }

    private static String unseparated(String text, String number, String rest) {
        if (rest.startsWith(",")) {
            return Quote.of(text) + " has a comma; write a point as the decimal sign: "
                    + Quote.of(number + "." + rest.substring(1));
        }
        return Quote.of(text) + " has no space between number and unit; write " + Quote.of(number + " " + rest);
    }

    @Override
    public double convert(MeasuredValue value, String unit) {
        if (!Double.isFinite(value.value())) {
            throw new UnitException("the number " + value.value() + " is not finite");
        }
        if (value.unit().equals(unit)) {
            check(unit);
            return value.value();
        }
        UnitDefinition from = Table.INSTANCE.define(value.unit());
        UnitDefinition to = Table.INSTANCE.define(unit);
        requireProportional(from);
        requireProportional(to);
        if (!from.dimension().equals(to.dimension())) {
            throw new UnitException(
                    Quote.of(from.code()) + " is " + from.dimension().describe() + " and does not convert to "
                            + Quote.of(to.code()) + ", " + to.dimension().describe());
        }
        double converted = BigDecimal.valueOf(value.value())
                .multiply(from.scale().numerator())
                .multiply(to.scale().denominator())
                .divide(from.scale().denominator().multiply(to.scale().numerator()), QUOTIENT)
                .doubleValue();
        if (Double.isInfinite(converted) || converted == 0 && value.value() != 0) {
            throw new UnitException(value + " is too " + (converted == 0 ? "small" : "large") + " to be expressed in "
                    + Quote.of(unit));
        }
        return converted;
    }

    private static void requireProportional(UnitDefinition unit) {
        if (!unit.proportional()) {
            throw new UnitException(Quote.of(unit.code())
                    + " has a logarithmic scale or a zero of its own and does not convert to another unit");
        }
    }

    @Override
    public boolean isConvertible(String from, String to) {
        try {
            UnitDefinition first = Table.INSTANCE.define(from);
            UnitDefinition second = Table.INSTANCE.define(to);
            return from.equals(to)
                    || first.proportional()
                            && second.proportional()
                            && first.dimension().equals(second.dimension());
        } catch (UnitException notUcum) {
            return false;
        }
    }

    @Override
    public void check(String unit) {
        if (!COMMON.contains(unit)) {
            Table.INSTANCE.define(unit);
        }
    }
}
