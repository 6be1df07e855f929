package org.oncotwin.api.twin;

/**
 * A named thing with a unit and a range. Names are lower-case words with dots, the general part first. A plugin adds quantities of its own
 * under its own prefix.
 *
 * @param name for example {@code tumour.volume}
 * @param unit UCUM code of the unit in which values are held
 * @param kind scalar, field or agents
 * @param minimum smallest value that makes sense
 * @param maximum largest value that makes sense
 * @param description one sentence for people
 */
public record Quantity(
        String name, String unit, QuantityKind kind, double minimum, double maximum, String description) {

    /** Volume of the tumour that an image would show (cm3). */
    public static final Quantity TUMOUR_VOLUME = new Quantity(
            "tumour.volume",
            "cm3",
            QuantityKind.SCALAR,
            0,
            Double.POSITIVE_INFINITY,
            "Volume of the tumour; for fields the volume in which cellularity is at or above a stated threshold");

    /** Integral of cellularity over space (cm3). */
    public static final Quantity TUMOUR_BURDEN = new Quantity(
            "tumour.burden",
            "cm3",
            QuantityKind.SCALAR,
            0,
            Double.POSITIVE_INFINITY,
            "Integral of cellularity over space: the volume that the cells would fill at cellularity 1");

    /** Tumour cell density as a fraction of the density of fully packed tumour. */
    public static final Quantity TUMOUR_CELLULARITY = new Quantity(
            "tumour.cellularity",
            "1",
            QuantityKind.FIELD,
            0,
            Double.POSITIVE_INFINITY,
            "Tumour cell density as a fraction of the density of fully packed tumour");

    /** Checks name and range. */
    public Quantity {
        if (!name.matches("[a-z0-9]+([.-][a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a quantity name is lower-case words joined by dots or hyphens, not '" + name + "'");
        }
        if (!(minimum <= maximum)) {
            throw new IllegalArgumentException("range of " + name + " from " + minimum + " to " + maximum);
        }
    }
}
