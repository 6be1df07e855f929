package org.oncotwin.solver.grid;

import java.util.function.Consumer;

/** A step of a method backwards. */
interface ReverseStep {

    /**
     * Takes a step back.
     *
     * @param from density at the start of the step, which stays as it is
     * @param begin start in days since day 0
     * @param end its end
     * @param cotangent derivative with respect to the density at the end; afterwards to that at the start
     * @param result told the density at the end before the cotangent is read, which it may write; not to be kept
     */
    void reverse(double[][] from, double begin, double end, double[][] cotangent, Consumer<double[][]> result);

    /** As above, where nobody wants to know the density at the end. */
    default void reverse(double[][] from, double begin, double end, double[][] cotangent) {
        reverse(from, begin, end, cotangent, null);
    }

    /**
     * Most fields in use at once while steps are taken, forwards and back, beside the accepted one, those at the starts of steps and the derivatives.
     *
     * @param days start of the first step and ends of all
     */
    long fields(double[] days);
}
