package org.oncotwin.imaging;

import org.oncotwin.api.imaging.ImageException;

/**
 * Relative intensities of the three tissues as normal distributions, darkest first: cerebrospinal fluid, grey, white.
 *
 * @param shares of the brain
 * @param means mean intensities
 * @param deviations standard deviations
 */
record TissueIntensities(double[] shares, double[] means, double[] deviations) {

    /** Tissues. */
    static final int TISSUES = 3;

    private static final double SMALLEST_SHARE = 1e-3;

    /** Narrowest tissue: half a grey level of an image of 256. A tissue on one single level would else shrink to a needle. */
    private static final double SMALLEST_DEVIATION = 1.0 / 512;

    /** From sums over voxels, each weighted by the probability of the tissue. */
    static TissueIntensities ofSums(double[] number, double[] first, double[] second, int brain) {
        double[] shares = new double[TISSUES];
        double[] means = new double[TISSUES];
        double[] deviations = new double[TISSUES];
        for (int n = 0; n < TISSUES; n++) {
            shares[n] = number[n] / brain;
            means[n] = first[n] / number[n];
            double variance = Math.max(0, second[n] / number[n] - means[n] * means[n]);
            deviations[n] = Math.max(SMALLEST_DEVIATION, Math.sqrt(variance));
        }
        return new TissueIntensities(shares, means, deviations);
    }

    /** Refuses what are not three tissues: one that has died out, or two that overlap so much that the border between them is noise. */
    void check(double smallestSeparation) throws ImageException {
        for (int n = 0; n < TISSUES; n++) {
            if (!(shares[n] >= SMALLEST_SHARE)) {
                throw new ImageException("T1: no three tissues to be found, one of them has a share of " + shares[n]
                        + " of the brain, allowed: " + SMALLEST_SHARE + " or more");
            }
        }
        for (int n = 0; n < TISSUES - 1; n++) {
            double separation = (means[n + 1] - means[n]) / (deviations[n] + deviations[n + 1]);
            if (!(separation >= smallestSeparation)) {
                throw new ImageException("T1: no three tissues to be found, the means of two of them are " + separation
                        + " times their summed standard deviations apart, allowed: " + smallestSeparation + " or more");
            }
        }
    }
}
