package org.oncotwin.geometry;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * Labels that make up one region of a mesh.
 *
 * @param number number of the region in a mesh, 1 to {@value TetrahedralMesh#LARGEST_REGION}
 * @param name what messages call it, not blank
 * @param labels one label or more of an image, 1 to 255
 */
public record Region(int number, String name, SortedSet<Integer> labels) {

    private static final int LARGEST_LABEL = 255;

    /**
     * Checks the values and makes the set immutable.
     *
     * @throws InvalidInputException naming the value and what is allowed
     */
    public Region {
        if (name.isBlank()) {
            throw new InvalidInputException("region.name", "is blank; allowed is a word or more");
        }
        if (number < 1 || number > TetrahedralMesh.LARGEST_REGION) {
            throw new InvalidInputException(
                    "region.number",
                    "of " + name + " is " + number + "; allowed is 1 to " + TetrahedralMesh.LARGEST_REGION);
        }
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        if (labels.isEmpty()) {
            throw new InvalidInputException("region.labels", "of " + name + " are none; allowed is one or more");
        }
        if (labels.first() < 1 || labels.last() > LARGEST_LABEL) {
            throw new InvalidInputException(
                    "region.labels", "of " + name + " are " + labels + "; allowed is 1 to " + LARGEST_LABEL);
        }
    }
}
