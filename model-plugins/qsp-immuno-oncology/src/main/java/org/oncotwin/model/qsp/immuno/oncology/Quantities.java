package org.oncotwin.model.qsp.immuno.oncology;

import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;

/** What the model reports beside its state. */
final class Quantities {

    static final Quantity DIAMETER = scalar(
            "qsp.diameter", "cm", Double.POSITIVE_INFINITY, "Diameter of the sphere that has the volume of the tumour");
    static final Quantity T_CELL_DENSITY = scalar(
            "qsp.t-cell-density", "/cm3", Double.POSITIVE_INFINITY, "Mature T cells in the tumour per volume of it");
    static final Quantity INHIBITION =
            scalar("qsp.pd1-inhibition", "1", 1, "Fraction of the killing that PD-1 with its ligands takes away");
    static final Quantity PD1_OCCUPANCY =
            scalar("qsp.pd1-occupancy", "1", 1, "Fraction of PD-1 in the synapse that antibody holds");
    static final Quantity PDL1_OCCUPANCY =
            scalar("qsp.pdl1-occupancy", "1", 1, "Fraction of PD-L1 in the synapse that antibody holds");

    private Quantities() {}

    private static Quantity scalar(String name, String unit, double maximum, String description) {
        return new Quantity(name, unit, QuantityKind.SCALAR, 0, maximum, description);
    }
}
