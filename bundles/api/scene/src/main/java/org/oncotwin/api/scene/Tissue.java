package org.oncotwin.api.scene;

import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mesh.TriangleMesh;

/**
 * A tissue of a scene.
 *
 * @param name lower-case words joined by hyphens
 * @param region its region in the mesh of the scene
 * @param material how it deforms
 * @param friction coefficient of friction, 0 or more
 * @param colour red, green and blue, 0 to 1
 * @param surface its smooth closed surface for the eye, in the frame of the scene; the mesh counts for mechanics
 */
public record Tissue(
        String name, int region, ElasticMaterial material, double friction, Colour colour, TriangleMesh surface) {

    /**
     * Checks name and friction.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public Tissue {
        Names.check("a tissue", name);
        if (!(friction >= 0 && friction <= 10)) {
            throw new IllegalArgumentException("friction of " + name + " is " + friction + "; allowed is 0 to 10");
        }
    }

    /**
     * A colour.
     *
     * @param red 0 to 1
     * @param green 0 to 1
     * @param blue 0 to 1
     */
    public record Colour(double red, double green, double blue) {

        /** Checks the ranges. */
        public Colour {
            if (!(Math.min(red, Math.min(green, blue)) >= 0 && Math.max(red, Math.max(green, blue)) <= 1)) {
                throw new IllegalArgumentException(
                        "a colour is three numbers from 0 to 1, not " + red + ", " + green + ", " + blue);
            }
        }
    }
}
