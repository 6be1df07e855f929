package org.oncotwin.scene;

import java.util.List;

/**
 * A tissue that a scene shall have.
 *
 * @param name its name in the scene
 * @param labels labels of the anatomy that belong to it, 1 to 255
 * @param material how it deforms, feels and looks
 */
public record SceneTissue(String name, List<Integer> labels, TissueMaterial material) {

    /** Makes the list immutable. */
    public SceneTissue {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("tissue " + name + " has no label");
        }
    }
}
