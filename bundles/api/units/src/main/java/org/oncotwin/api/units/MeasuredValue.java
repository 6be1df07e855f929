package org.oncotwin.api.units;

/**
 * A number with a unit, as people write it: {@code 0.05 /d}.
 *
 * @param value finite
 * @param unit UCUM code; {@code "1"} if there is none
 */
public record MeasuredValue(double value, String unit) {

    /** The text form. */
    @Override
    public String toString() {
        return unit.equals("1") ? Double.toString(value) : value + " " + unit;
    }
}
