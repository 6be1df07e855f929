package org.oncotwin.api.imaging;

import java.util.SortedMap;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.LabelField;
import org.osgi.annotation.versioning.ProviderType;

/** Tells cerebrospinal fluid, grey and white matter apart in a T1-weighted image of a brain without its skull. */
@ProviderType
public interface TissueSegmentation {

    /**
     * Segments an image; voxels that are not above 0 lie outside the brain.
     *
     * @return labels {@code csf} 1, {@code grey} 2, {@code white} 3
     * @throws ImageException if there are no three classes to be found
     */
    Result segment(Field t1, Cancellation cancellation) throws ImageException;

    /**
     * A segmentation and how it came about.
     *
     * @param tissue labels {@code csf} 1, {@code grey} 2, {@code white} 3
     * @param means mean intensity of each class
     * @param volumes volume of each class in cm3
     */
    record Result(LabelField tissue, SortedMap<String, Double> means, SortedMap<String, Double> volumes) {}
}
