package org.oncotwin.api.mechanics;

/**
 * Material of an isotropic elastic tissue.
 *
 * @param youngsModulus Young's modulus at small strain in Pa, above 0
 * @param poissonsRatio Poisson's ratio, 0 up to but not 0.5
 * @param density in kg/m3, above 0
 * @param damping time constant of damping in proportion to stiffness (Rayleigh) in s, 0 or more
 * @param source where the values come from
 */
public record ElasticMaterial(
        double youngsModulus, double poissonsRatio, double density, double damping, String source) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public ElasticMaterial {
        require(
                youngsModulus > 0 && youngsModulus < 1e12,
                "Young's modulus",
                youngsModulus,
                "above 0 and below 1e12 Pa");
        require(poissonsRatio >= 0 && poissonsRatio < 0.5, "Poisson's ratio", poissonsRatio, "0 up to but not 0.5");
        require(density > 0 && density < 1e5, "density", density, "above 0 and below 1e5 kg/m3");
        require(damping >= 0 && damping <= 10, "damping", damping, "0 to 10 s");
        if (source.isBlank()) {
            throw new IllegalArgumentException("a material names the source of its values");
        }
    }

    private static void require(boolean allowed, String what, double value, String words) {
        if (!allowed) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed is " + words);
        }
    }

    /** First Lamé parameter in Pa: E nu / ((1 + nu)(1 - 2 nu)). */
    public double lambda() {
        return youngsModulus * poissonsRatio / ((1 + poissonsRatio) * (1 - 2 * poissonsRatio));
    }

    /** Shear modulus in Pa: E / (2 (1 + nu)). */
    public double shearModulus() {
        return youngsModulus / (2 * (1 + poissonsRatio));
    }
}
