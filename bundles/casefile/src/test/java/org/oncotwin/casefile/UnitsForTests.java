package org.oncotwin.casefile;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.api.units.UnitException;

/** Converts the few units that the tests use: a dimension and a factor each. */
final class UnitsForTests implements UnitConverter {
    private record Unit(String dimension, double factor) {}

    private static final Map<String, Unit> UNITS = Map.ofEntries(
            Map.entry("1", new Unit("1", 1)),
            Map.entry("%", new Unit("1", 0.01)),
            Map.entry("d", new Unit("time", 1)),
            Map.entry("h", new Unit("time", 1.0 / 24)),
            Map.entry("ms", new Unit("time", 1.0 / 86_400_000)),
            Map.entry("/d", new Unit("rate", 1)),
            Map.entry("mm2/d", new Unit("diffusion", 1)),
            Map.entry("cm2/d", new Unit("diffusion", 100)),
            Map.entry("cm3", new Unit("volume", 1)),
            Map.entry("mm3", new Unit("volume", 1e-3)),
            Map.entry("Gy", new Unit("dose", 1)),
            Map.entry("cGy", new Unit("dose", 0.01)),
            Map.entry("/Gy", new Unit("per dose", 1)),
            Map.entry("kg", new Unit("mass", 1)),
            Map.entry("cm", new Unit("length", 1)));

    private static final Pattern VALUE = Pattern.compile("([-+0-9.eE]+)\\s*(\\S*)");

    @Override
    public MeasuredValue parse(String text) {
        Matcher matcher = VALUE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new UnitException("'" + text + "' is not a number with a unit");
        }
        String unit = matcher.group(2).isEmpty() ? "1" : matcher.group(2);
        check(unit);
        return new MeasuredValue(Double.parseDouble(matcher.group(1)), unit);
    }

    @Override
    public double convert(MeasuredValue value, String unit) {
        if (!isConvertible(value.unit(), unit)) {
            throw new UnitException("'" + value.unit() + "' does not convert to '" + unit + "'");
        }
        return value.value()
                * UNITS.get(value.unit()).factor()
                / UNITS.get(unit).factor();
    }

    @Override
    public boolean isConvertible(String from, String to) {
        check(from);
        check(to);
        return UNITS.get(from).dimension().equals(UNITS.get(to).dimension());
    }

    @Override
    public void check(String unit) {
        if (!UNITS.containsKey(unit)) {
            throw new UnitException("'" + unit + "' is not a unit");
        }
    }
}
