package org.oncotwin.response;

/**
 * Lesions that were not there at baseline.
 *
 * @param count how many have appeared up to this visit
 * @param present how many of them are there at this visit
 * @param sum sum of the diameters of those that are measured, in mm
 * @param increased true if one that is not measured has grown since the visit before, by any amount
 */
public record NewLesions(int count, int present, double sum, boolean increased) {

    /** None has appeared. */
    public static final NewLesions NONE = new NewLesions(0, 0, 0, false);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, or more are present than have appeared
     */
    public NewLesions {
        if (present < 0 || count < present || !(sum >= 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException(present + " present of " + count + " new lesions with a sum of " + sum
                    + " mm is not allowed; allowed are 0 to all of them and at least 0 mm");
        }
    }

    /** Some that are measured. */
    public static NewLesions measured(int count, double sum) {
        return new NewLesions(count, sum > 0 ? count : 0, sum, false);
    }
}
