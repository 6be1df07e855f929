package org.oncotwin.scene;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.scene.Scene;

/**
 * A scene and how well its mesh shows the anatomy.
 *
 * @param scene the scene
 * @param quality measures of the mesh by name, with the unit at the end of the name
 * @param qualityWords the same in a few lines for people
 */
public record BuiltScene(Scene scene, SortedMap<String, Double> quality, List<String> qualityWords) {

    /** Makes the collections immutable. */
    public BuiltScene {
        quality = Collections.unmodifiableSortedMap(new TreeMap<>(quality));
        qualityWords = List.copyOf(qualityWords);
    }
}
