package org.oncotwin.response;

/**
 * The target lesions at a visit.
 *
 * @param sum sum of their diameters in mm, the short axis for lymph nodes; at least 0
 * @param disappeared true if all that are not lymph nodes are gone and every lymph node is below 10 mm in its short axis
 */
public record TargetLesions(double sum, boolean disappeared) {

    /**
     * Checks the sum.
     *
     * @throws IllegalArgumentException if it is negative or not a number
     */
    public TargetLesions {
        if (!(sum >= 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException(
                    "a sum of diameters of " + sum + " mm is not allowed; allowed is at least 0 mm");
        }
    }

    /** Without lymph nodes: gone if the sum is 0. */
    public static TargetLesions of(double sum) {
        return new TargetLesions(sum, sum == 0);
    }
}
