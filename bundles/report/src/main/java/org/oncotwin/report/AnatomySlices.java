package org.oncotwin.report;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.LabelField;

/**
 * What lies behind the tumour in pictures.
 *
 * @param title what the image is, such as {@code T1-weighted MRI}
 * @param image the image; without it tissue classes are the ground
 * @param tissue tissue labels (0 unlabelled)
 * @param tissueNames names of the tissue labels
 */
public record AnatomySlices(
        String title, Optional<Slices> image, Optional<Slices> tissue, SortedMap<String, Integer> tissueNames) {

    /** Makes the map immutable and checks that image and tissue lie in the same place. */
    public AnatomySlices {
        tissueNames = Collections.unmodifiableSortedMap(new TreeMap<>(tissueNames));
        if (image.isPresent() && tissue.isPresent() && !image.orElseThrow().coincidesWith(tissue.orElseThrow())) {
            throw new IllegalArgumentException("image and tissue slices do not lie in the same place");
        }
    }

    /**
     * Cuts image and tissue where the extractor cuts the tumour.
     *
     * @param title what the image is
     * @throws IllegalArgumentException if one of them is on another grid
     */
    public static AnatomySlices cut(
            SliceExtractor extractor, String title, Optional<Field> image, Optional<LabelField> tissue) {
        return new AnatomySlices(
                title,
                image.map(extractor::extract),
                tissue.map(extractor::extract),
                new TreeMap<>(tissue.map(LabelField::names).map(Map::copyOf).orElse(Map.of())));
    }
}
