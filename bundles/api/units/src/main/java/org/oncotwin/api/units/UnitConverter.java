package org.oncotwin.api.units;

import org.osgi.annotation.versioning.ProviderType;

/** Converts between units of measure in UCUM notation. */
@ProviderType
public interface UnitConverter {

    /**
     * Reads a number and a unit: {@code "2 Gy"}, {@code "0.1 mm2/d"}, {@code "1e-3"}.
     *
     * @throws UnitException if the number is not finite or the unit not UCUM
     */
    MeasuredValue parse(String text);

    /**
     * A value in another unit.
     *
     * @throws UnitException if the unit does not convert
     */
    double convert(MeasuredValue value, String unit);

    /** True if a value in one unit can be expressed in the other. */
    boolean isConvertible(String from, String to);

    /**
     * Returns if the code is a UCUM unit.
     *
     * @throws UnitException if it is not
     */
    void check(String unit);
}
