package org.oncotwin.api.imaging;

import java.util.List;
import org.oncotwin.api.twin.Field;

/**
 * An image as read.
 *
 * @param field values after scaling, on the grid of the image
 * @param storedType type of the stored numbers, such as {@code uint8}
 * @param placement where the affine came from: {@code sform}, {@code qform} or {@code spacing}
 * @param warnings what a reader should know, such as sform and qform that disagree
 */
public record Image(Field field, String storedType, String placement, List<String> warnings) {

    /** Makes the list immutable. */
    public Image {
        warnings = List.copyOf(warnings);
    }
}
