package org.oncotwin.ctcae;

/**
 * What is normal, for the laboratory and for the patient, in the unit of the criteria.
 *
 * @param lower lower limit of normal, 0 where there is none
 * @param upper upper limit of normal, infinity where there is none
 * @param baseline value before treatment
 */
public record Limits(double lower, double upper, double baseline) {

    /** Checks the numbers. */
    public Limits {
        if (!(lower >= 0 && lower < upper) || !(baseline >= 0) || Double.isInfinite(baseline)) {
            throw new IllegalArgumentException(
                    "limits of normal from " + lower + " to " + upper + " with baseline " + baseline
                            + " are not allowed; the lower one is at least 0 and below the upper one, the baseline at least 0");
        }
    }
}
