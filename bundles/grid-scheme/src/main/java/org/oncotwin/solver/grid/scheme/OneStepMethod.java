package org.oncotwin.solver.grid.scheme;

/** A method that takes the accepted field through one step at a time and estimates its error; how long steps are is the matter of {@link StepSizeControl}. */
public interface OneStepMethod {

    /**
     * Tries a step from the accepted field, which stays as it is.
     *
     * @param from start in days since day 0
     * @param to its end
     * @return an estimate of the error: the sum over voxels of its magnitude divided by the sum of the density; not a number or infinite if a voxel is not finite
     */
    double attempt(double from, double to);

    /** The result of the step that was tried last becomes the accepted field. */
    void accept();

    /** The estimate of a step of h days falls as h to the power of this and one. */
    int order();

    /** A first step in days, rather too long than too short: one step tried in vain costs less than many that are shorter than they need be. */
    double firstStep();

    /**
     * Where steps from a day on have to end at the latest: at the end, or before it where something jumps that no step of the method goes across.
     *
     * @param from start in days since day 0
     * @param end the end of all steps
     */
    double stop(double from, double end);

    /**
     * The longest step that the method can take.
     *
     * @param from start in days since day 0
     * @param days length asked for, above 0
     * @return that length or a shorter one
     */
    double longest(double from, double days);

    /** How often the diffusion operator was applied up to now. */
    long applications();
}
