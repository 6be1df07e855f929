package org.oncotwin.guidance;

import org.oncotwin.api.mesh.TriangleMesh;

/**
 * Something to keep a distance from.
 *
 * @param name its name, such as {@code tumour}
 * @param surface closed, in m in the frame of the image
 * @param margin distance from its surface, in mm, within which an instrument is to be warned of; 0 or more
 */
public record Structure(String name, TriangleMesh surface, double margin) {

    /**
     * Checks the margin.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Structure {
        if (!(margin >= 0 && margin < 1000)) {
            throw new IllegalArgumentException(
                    "margin of " + name + " is " + margin + "; allowed is 0 and up to 1000 mm");
        }
    }
}
