package org.oncotwin.solver.grid.scheme;

/**
 * The arithmetic of the scheme on fields that stay where the processor keeps them; only sums come back. There is one accepted field, one working field and a row of the
 * extrapolation table for each number of substeps.
 */
public interface FieldOperations {

    /** The working field becomes the accepted one. */
    void begin();

    /** The working field reacts. */
    void react(ReactionStep reaction);

    /** The working field diffuses. */
    void diffuse(DiffusionPolynomial diffusion);

    /** The working field diffuses and reacts; an implementation may do both in one sweep. */
    default void diffuseAndReact(DiffusionPolynomial diffusion, ReactionStep reaction) {
        diffuse(diffusion);
        react(reaction);
    }

    /** The working field is kept as a row of the table. */
    void keep(int row);

    /**
     * The candidate becomes the sum of the rows times the weights.
     *
     * @param best weights of the candidate; sum to 1
     * @param lower weights of the next best combination, with which it is compared
     * @return the sum over voxels of |candidate - next best| divided by the sum of the candidate; 0 if the candidate is 0; not a number if a voxel is not finite
     */
    double combine(double[] best, double[] lower);

    /** The candidate becomes the accepted field. */
    void accept();
}
