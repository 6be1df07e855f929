package org.oncotwin.api.mechanics;

/**
 * How stress follows strain. All are isotropic, take Young's modulus and Poisson's ratio of small strain and agree to first order in it. F is the deformation gradient, lambda and mu are
 * {@link ElasticMaterial#lambda()} and {@link ElasticMaterial#shearModulus()}.
 */
public enum ElasticLaw {
    /** Small strain: energy density {@code mu e:e + lambda/2 (tr e)^2} of {@code e = (F + F')/2 - I}. Only for small rotations: a rotated body swells. */
    LINEAR("linear"),
    /**
     * Small strain in a frame that turns along: energy density {@code mu |F - R|^2 + lambda/2 (tr(R'F) - 3)^2}, where R is the rotation that is nearest to F, also of inverted tetrahedra. In uniaxial tests force is in proportion to
     * displacement. The law of volume deformables in PhysX.
     */
    COROTATIONAL("co-rotational"),
    /**
     * Large rotations, moderate strain: energy density {@code mu E:E + lambda/2 (tr E)^2} of Green's strain {@code E = (F'F - I)/2}. Softens under compression, by 7.4 % at 5 % and by 14.5 % at 10 %; gives way beyond 42 %. The law of flexes
     * in MuJoCo.
     */
    SAINT_VENANT_KIRCHHOFF("Saint Venant-Kirchhoff");

    private final String words;

    ElasticLaw(String words) {
        this.words = words;
    }

    /** In words, such as {@code co-rotational}. */
    public String words() {
        return words;
    }
}
