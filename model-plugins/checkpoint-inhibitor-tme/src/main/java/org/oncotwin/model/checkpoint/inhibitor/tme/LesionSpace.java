package org.oncotwin.model.checkpoint.inhibitor.tme;

import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.tumour.immune.TmeParameter;

/**
 * How fast the tumour grows and how far.
 *
 * @param proliferation in 1/d, of a tumour much smaller than the capacity
 * @param capacity volume of the lesion at which growth stops, in cm3
 */
record LesionSpace(double proliferation, double capacity) {

    static LesionSpace of(Parameters parameters) {
        return new LesionSpace(
                TmeParameter.PROLIFERATION.of(parameters), TmeParameter.CARRYING_CAPACITY.of(parameters));
    }

    /** Fraction of the carrying capacity that a lesion leaves free; negative above it. */
    double free(double lesion, double capacityFactor) {
        return 1 - lesion / (capacity * capacityFactor);
    }
}
