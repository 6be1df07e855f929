package org.oncotwin.scene;

import java.util.List;
import org.oncotwin.api.twin.LabelField;

/**
 * What a scene is made from.
 *
 * @param name name of the scene, lower-case words joined by hyphens
 * @param regions by voxel the place of its tissue in the list, from 1; 0 outside
 * @param tissues the tissues
 * @param target place in the list of the tissue that is to be reached, from 1
 * @param edgeLength length that edges of the mesh shall have in m
 * @param smallestIsland parts of a tissue that hang together and are smaller than this in mm3 go to what is around them
 * @param largestVolumeError largest relative error of the volume of a tissue in the mesh
 * @param windowRadius radius of the surgical window in m
 * @param probeRadius radius of the probe in m
 * @param pressDepth how far the probe presses in m
 */
public record SceneRequest(
        String name,
        LabelField regions,
        List<SceneTissue> tissues,
        int target,
        double edgeLength,
        double smallestIsland,
        double largestVolumeError,
        double windowRadius,
        double probeRadius,
        double pressDepth) {

    /** Makes the list immutable. */
    public SceneRequest {
        tissues = List.copyOf(tissues);
    }
}
