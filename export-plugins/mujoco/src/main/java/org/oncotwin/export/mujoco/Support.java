package org.oncotwin.export.mujoco;

import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Scene;

/** What holds the tissue. */
final class Support {

    private Support() {}

    /**
     * Tissue of which nothing is held falls out of the scene.
     *
     * @throws InvalidInputException if a part of the mesh that hangs together is held by no anchor, and there is gravity
     */
    static void requireHeld(Scene scene) {
        if (scene.gravity() == 0) {
            return;
        }
        TetrahedralMesh mesh = scene.mesh();
        int[] part = new int[mesh.nodes()];
        for (int node = 0; node < part.length; node++) {
            part[node] = node;
        }
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            for (int corner = 1; corner < 4; corner++) {
                int one = root(part, mesh.corner(t, 0));
                int other = root(part, mesh.corner(t, corner));
                part[Math.max(one, other)] = Math.min(one, other);
            }
        }
        boolean[] held = new boolean[part.length];
        for (Anchor anchor : scene.anchors()) {
            for (int node : anchor.nodes()) {
                held[root(part, node)] = true;
            }
        }
        for (int node = 0; node < part.length; node++) {
            if (root(part, node) == node && !held[node]) {
                throw new InvalidInputException(
                        "anchors",
                        "none holds the part of the tissue around node " + node
                                + ", which would fall; hold it, or leave small parts out of the labels");
            }
        }
    }

    private static int root(int[] part, int node) {
        int at = node;
        while (part[at] != at) {
            part[at] = part[part[at]];
            at = part[at];
        }
        return at;
    }
}
