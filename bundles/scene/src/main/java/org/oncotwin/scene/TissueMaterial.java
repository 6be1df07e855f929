package org.oncotwin.scene;

import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.scene.Tissue.Colour;

/**
 * How a kind of tissue deforms, feels and looks.
 *
 * @param name lower-case words joined by hyphens
 * @param elastic how it deforms
 * @param friction coefficient of friction
 * @param colour for the eye
 */
public record TissueMaterial(String name, ElasticMaterial elastic, double friction, Colour colour) {

    /** Nearly incompressible, as soft tissue is; not more, because linear tetrahedra lock. Assumption. */
    static final double POISSONS_RATIO = 0.45;
    /** Of soft tissue in kg/m3. Assumption. */
    static final double DENSITY = 1050;
    /** Time constant of damping in s. Assumption. */
    static final double DAMPING = 0.01;
    /** Of a wet instrument on tissue. Assumption. */
    static final double FRICTION = 0.1;

    private static final String ASSUMED = "; Poisson's ratio " + POISSONS_RATIO + ", density " + DENSITY
            + " kg/m3, damping " + DAMPING + " s and friction " + FRICTION + " are assumptions";

    private static final Colour PLAIN = new Colour(0.8, 0.6, 0.55);

    /** A material of which Young's modulus is known, in Pa, and the rest assumed. */
    static TissueMaterial ofStiffness(String name, double youngsModulus, Colour colour, String source) {
        return new TissueMaterial(
                name,
                new ElasticMaterial(youngsModulus, POISSONS_RATIO, DENSITY, DAMPING, source + ASSUMED),
                FRICTION,
                colour);
    }

    /**
     * A material of a stiffness that somebody gave.
     *
     * @param youngsModulus in Pa
     * @throws IllegalArgumentException if it is not above 0
     */
    public static TissueMaterial given(String name, double youngsModulus) {
        return ofStiffness(name, youngsModulus, PLAIN, "Young's modulus as given");
    }
}
