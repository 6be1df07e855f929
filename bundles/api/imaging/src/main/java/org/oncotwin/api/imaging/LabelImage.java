package org.oncotwin.api.imaging;

import java.util.List;
import org.oncotwin.api.twin.LabelField;

/**
 * Labels as read.
 *
 * @param labels the labels on the grid of the image
 * @param warnings what a reader should know, such as sform and qform that disagree
 */
public record LabelImage(LabelField labels, List<String> warnings) {

    /** Makes the list immutable. */
    public LabelImage {
        warnings = List.copyOf(warnings);
    }
}
