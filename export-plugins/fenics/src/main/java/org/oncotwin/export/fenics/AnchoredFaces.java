package org.oncotwin.export.fenics;

import java.util.Arrays;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Scene;

/**
 * Outer faces of which all three nodes are held by one anchor.
 *
 * @param corners three nodes of each face
 * @param anchors number of the anchor of each face, 1 for the first of the scene
 */
record AnchoredFaces(int[] corners, int[] anchors) {

    /** The anchored faces of a scene, in the order of its tetrahedra. */
    static AnchoredFaces of(Scene scene) {
        int[] anchorOfNode = new int[scene.mesh().nodes()];
        int number = 0;
        for (Anchor anchor : scene.anchors()) {
            number++;
            for (int node : anchor.nodes()) {
                anchorOfNode[node] = number;
            }
        }
        int[] outer = scene.mesh().outerFaces();
        int[] corners = new int[outer.length];
        int[] anchors = new int[outer.length / 3];
        int count = 0;
        for (int first = 0; first < outer.length; first += 3) {
            int anchor = anchorOfNode[outer[first]];
            if (anchor != 0 && anchor == anchorOfNode[outer[first + 1]] && anchor == anchorOfNode[outer[first + 2]]) {
                System.arraycopy(outer, first, corners, 3 * count, 3);
                anchors[count] = anchor;
                count++;
            }
        }
        return new AnchoredFaces(Arrays.copyOf(corners, 3 * count), Arrays.copyOf(anchors, count));
    }
}
