package org.oncotwin.api.simulation;

import java.util.List;
import org.oncotwin.api.twin.Quantity;

/**
 * A quantity over the output times of a run.
 *
 * @param quantity what
 * @param values one value per output time, in the unit of the quantity
 */
public record Series(Quantity quantity, List<Double> values) {

    /** Makes the list immutable. */
    public Series {
        values = List.copyOf(values);
    }
}
