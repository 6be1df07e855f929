package org.oncotwin.api.imaging;

import java.util.List;
import org.oncotwin.api.twin.TensorField;

/**
 * An image of symmetric tensors as read.
 *
 * @param tensors the tensors on the grid of the image, components along its index axes, in the unit of the file; tensors with a component that is not finite are 0
 * @param warnings what a reader should know, such as sform and qform that disagree
 */
public record TensorImage(TensorField tensors, List<String> warnings) {

    /** Makes the list immutable. */
    public TensorImage {
        warnings = List.copyOf(warnings);
    }
}
