package org.oncotwin.solver.fem;

import org.oncotwin.api.mechanics.ElasticLaw;

/** Stress and stiffness of one tetrahedron of constant strain. Keeps the state that it evaluated last; not safe for several threads. 3 x 3 matrices are row by row. */
abstract class ElementLaw {

    /** Stiffness between two corners, three by three, for each of 4 x 4 pairs. */
    static final int STIFFNESS = 144;

    static ElementLaw of(ElasticLaw law) {
        return switch (law) {
            case LINEAR -> new LinearLaw();
            case COROTATIONAL -> new CorotationalLaw();
            case SAINT_VENANT_KIRCHHOFF -> new SaintVenantKirchhoffLaw();
        };
    }

    /** True if stress is made of differences to numbers of about 1, whose rounding stays where strain vanishes. */
    abstract boolean roundsAboutOne();

    /** True if tetrahedra that are inverted must be kept out, for the law lets them be. */
    abstract boolean refusesInversion();

    /**
     * Stress.
     *
     * @param h displacement gradient, F - I
     * @param lambda first Lamé parameter in Pa
     * @param mu shear modulus in Pa
     * @param p where the first Piola-Kirchhoff stress goes, in Pa
     * @return energy density in J/m3
     */
    abstract double evaluate(double[] h, double lambda, double mu, double[] p);

    /**
     * Stiffness at the state that was evaluated last, the second derivative of the energy by the places of the corners.
     *
     * @param g gradients of the four shape functions, three numbers each, from an offset on
     * @param offset where they begin
     * @param scale factor of the gradients
     * @param volume of the tetrahedron in m3
     * @param definite true if what might make it indefinite shall be left out
     * @param k where it goes: 9 numbers for each pair of corners
     */
    abstract void stiffness(double[] g, int offset, double scale, double volume, boolean definite, double[] k);
}
