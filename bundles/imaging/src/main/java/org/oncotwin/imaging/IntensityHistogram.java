package org.oncotwin.imaging;

import org.oncotwin.api.imaging.ImageException;

/**
 * How often each relative intensity occurs, in bins of equal width from 0 on; the last bin takes what is brighter.
 *
 * @param counts occurrences per bin
 */
record IntensityHistogram(double[] counts) {

    private static final int BINS = 1024;

    /** Relative intensity at which the last bin ends: a quarter above the 99.9th percentile. */
    private static final double TOP = 1.25;

    private static final double WIDTH = TOP / BINS;

    /** The histogram of the brain. */
    static IntensityHistogram of(BrainBox box) {
        double[] counts = new double[BINS];
        for (float value : box.intensity()) {
            if (value > 0) {
                counts[(int) Math.min(value / WIDTH, BINS - 1)]++;
            }
        }
        return new IntensityHistogram(counts);
    }

    private static double middle(int bin) {
        return (bin + 0.5) * WIDTH;
    }

    /**
     * The two intensities at which the second and third class begin so that the variance between three classes is largest (Otsu 1979, "A
     * threshold selection method from gray-level histograms", IEEE Trans. Syst. Man Cybern. 9, 62-66). It needs no start value, so
     * that it is a sound start for what follows.
     */
    double[] threeClasses() throws ImageException {
        double[] number = new double[BINS + 1];
        double[] sum = new double[BINS + 1];
        for (int n = 0; n < BINS; n++) {
            number[n + 1] = number[n] + counts[n];
            sum[n + 1] = sum[n] + counts[n] * middle(n);
        }
        double[] best = null;
        double largest = 0;
        for (int a = 1; a < BINS - 1; a++) {
            for (int b = a + 1; b < BINS; b++) {
                double first = number[a];
                double second = number[b] - number[a];
                double third = number[BINS] - number[b];
                if (first > 0 && second > 0 && third > 0) {
                    double between = sum[a] * sum[a] / first
                            + (sum[b] - sum[a]) * (sum[b] - sum[a]) / second
                            + (sum[BINS] - sum[b]) * (sum[BINS] - sum[b]) / third;
                    if (between > largest) {
                        largest = between;
                        best = new double[] {a * WIDTH, b * WIDTH};
                    }
                }
            }
        }
        if (best == null) {
            throw new ImageException(
                    "T1: the brain has fewer than three different intensities, needed: cerebrospinal fluid, "
                            + "grey and white matter to be told apart");
        }
        return best;
    }
}
