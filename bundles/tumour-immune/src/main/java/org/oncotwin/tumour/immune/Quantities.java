package org.oncotwin.tumour.immune;

import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;

/** What the models keep and what they report. The upper ends of the ranges follow from the equations and the bounds of the parameters, see the README of each. */
public final class Quantities {

    /** Largest lesion from which the model starts (cm3), more than a human body. */
    public static final double LARGEST_VOLUME = 1e6;

    /** Viable tumour. */
    public static final Quantity VIABLE = volume(
            "tme.viable-volume", "Volume of viable tumour cells; never above the carrying capacity and the start");
    /** Killed tumour that is not cleared. */
    public static final Quantity DYING = volume(
            "tme.dying-volume", "Volume of killed tumour cells that are not cleared yet and still show on an image");
    /** Infiltrate and oedema. */
    public static final Quantity INFLAMED =
            volume("tme.inflamed-volume", "Volume that immune infiltrate and oedema add to the lesion on an image");
    /** Effector T cells. */
    public static final Quantity EFFECTORS = cells("tme.effector-cells", 1e18, "Effector T cells in the lesion");
    /** Regulatory T cells. */
    public static final Quantity REGULATORY = cells("tme.regulatory-cells", 1e12, "Regulatory T cells in the lesion");
    /** Mature antigen-presenting cells. */
    public static final Quantity PRESENTING =
            cells("tme.antigen-presenting-cells", 1e12, "Mature antigen-presenting cells in the draining lymph nodes");
    /** Interferon-gamma. */
    public static final Quantity INTERFERON =
            scalar("tme.interferon-gamma", "pmol/L", 1e6, "Concentration of interferon-gamma in the lesion");
    /** Occupancy of PD-1. */
    public static final Quantity PD1_OCCUPANCY =
            scalar("tme.pd1-occupancy", "1", 1, "Fraction of PD-1 that antibody occupies, of that not bound to PD-L1");
    /** Occupancy of PD-L1. */
    public static final Quantity PDL1_OCCUPANCY =
            scalar("tme.pdl1-occupancy", "1", 1, "Fraction of PD-L1 that antibody occupies, of that not bound to PD-1");
    /** Occupancy of CTLA-4. */
    public static final Quantity CTLA4_OCCUPANCY = scalar(
            "tme.ctla4-occupancy",
            "1",
            1,
            "Fraction of CTLA-4 that antibody occupies, of that not bound to CD80 or CD86");

    /** Effector T cells per volume. */
    public static final Quantity EFFECTOR_DENSITY = scalar(
            "tme.effector-density",
            "/cm3",
            Double.POSITIVE_INFINITY,
            "Effector T cells per volume of the lesion (of the lesion and one tumour cell, so that it is defined without a lesion)");
    /** Diameter of the lesion. */
    public static final Quantity DIAMETER = scalar(
            "tme.diameter",
            "cm",
            Double.POSITIVE_INFINITY,
            "Diameter of the sphere that has the volume of the lesion on an image");

    private Quantities() {}

    private static Quantity volume(String name, String description) {
        return scalar(name, "cm3", LARGEST_VOLUME, description);
    }

    private static Quantity cells(String name, double maximum, String description) {
        return scalar(name, "{cells}", maximum, description);
    }

    private static Quantity scalar(String name, String unit, double maximum, String description) {
        return new Quantity(name, unit, QuantityKind.SCALAR, 0, maximum, description);
    }
}
