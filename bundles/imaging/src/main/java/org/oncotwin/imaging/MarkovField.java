package org.oncotwin.imaging;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.oncotwin.api.twin.Cancellation;

/**
 * Probability of each tissue per voxel when neighbours tend to be alike: a hidden Markov random field with a Potts prior over the six
 * neighbours (Zhang, Brady, Smith 2001, "Segmentation of brain MR images through a hidden Markov random field model and the
 * expectation-maximization algorithm", IEEE Trans. Med. Imaging 20, 45-57) in the mean-field approximation (Zhang J. 1992, IEEE Trans. Signal
 * Process. 40, 2570-2583).
 *
 * <p>Voxels are coloured like a chess board. All of one colour have neighbours of the other only, so that slices can be worked on at the
 * same time in any order with the same bits.
 */
final class MarkovField {

    private static final int TISSUES = TissueIntensities.TISSUES;

    /** A tissue whose log probability is so much below that of another has none left in a 32-bit float. */
    private static final double VANISHED = -40;

    private final BrainBox box;
    private final float[][] probability = new float[TISSUES][];
    private final double[] neighbourWeights = new double[3];
    private final Cancellation cancellation;

    /**
     * Starts with the tissues that two thresholds give.
     *
     * @param thresholds relative intensities at which grey and white matter begin
     * @param smoothness how much a neighbour counts, in units of log probability
     */
    MarkovField(BrainBox box, double[] thresholds, double smoothness, Cancellation cancellation) {
        this.box = box;
        this.cancellation = cancellation;
        // A neighbour counts by the inverse of its distance; the nearest ones count fully.
        double nearest = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            nearest = Math.min(nearest, box.grid().spacing(axis));
        }
        for (int axis = 0; axis < 3; axis++) {
            neighbourWeights[axis] = smoothness * nearest / box.grid().spacing(axis);
        }
        float[] intensity = box.intensity();
        for (int n = 0; n < TISSUES; n++) {
            probability[n] = new float[intensity.length];
        }
        for (int voxel = 0; voxel < intensity.length; voxel++) {
            if (intensity[voxel] > 0) {
                int tissue = intensity[voxel] < thresholds[0] ? 0 : intensity[voxel] < thresholds[1] ? 1 : 2;
                probability[tissue][voxel] = 1;
            }
        }
    }

    /** Probability of a tissue (0 to 2) for a voxel of the box. */
    double probability(int tissue, int voxel) {
        return probability[tissue][voxel];
    }

    /** What the present probabilities say about the intensities of the tissues. */
    TissueIntensities estimate(float[] intensity) {
        double[][] sums = new double[box.nz()][3 * TISSUES];
        IntStream.range(1, box.nz() - 1).parallel().forEach(k -> {
            cancellation.check();
            for (int voxel = box.index(0, 0, k); voxel < box.index(0, 0, k + 1); voxel++) {
                double value = intensity[voxel];
                if (value > 0) {
                    for (int n = 0; n < TISSUES; n++) {
                        double p = probability[n][voxel];
                        sums[k][3 * n] += p;
                        sums[k][3 * n + 1] += p * value;
                        sums[k][3 * n + 2] += p * value * value;
                    }
                }
            }
        });
        double[] number = new double[TISSUES];
        double[] first = new double[TISSUES];
        double[] second = new double[TISSUES];
        // Slice by slice in order, so that the rounding does not depend on which was done first.
        for (double[] slice : sums) {
            for (int n = 0; n < TISSUES; n++) {
                number[n] += slice[3 * n];
                first[n] += slice[3 * n + 1];
                second[n] += slice[3 * n + 2];
            }
        }
        return TissueIntensities.ofSums(number, first, second, box.count());
    }

    /**
     * Updates all voxels, one colour after the other.
     *
     * @param intensity relative intensities, corrected for the sensitivity of the receiver
     * @return share of voxels whose most probable tissue has changed
     */
    double update(float[] intensity, TissueIntensities tissues) {
        return (double) (update(intensity, tissues, 0) + update(intensity, tissues, 1)) / box.count();
    }

    private long update(float[] intensity, TissueIntensities tissues, int colour) {
        double[] mean = tissues.means();
        double[] constant = new double[TISSUES];
        double[] factor = new double[TISSUES];
        for (int n = 0; n < TISSUES; n++) {
            constant[n] = -StrictMath.log(tissues.deviations()[n]);
            factor[n] = 0.5 / (tissues.deviations()[n] * tissues.deviations()[n]);
        }
        long[] changed = new long[box.nz()];
        int dy = box.nx();
        int dz = box.nx() * box.ny();
        IntStream.range(1, box.nz() - 1).parallel().forEach(k -> {
            cancellation.check();
            double[] score = new double[TISSUES];
            for (int j = 1; j < box.ny() - 1; j++) {
                for (int i = 1 + ((colour + j + k + 1) & 1); i < box.nx() - 1; i += 2) {
                    int voxel = box.index(i, j, k);
                    if (intensity[voxel] > 0) {
                        int before = mostProbable(voxel);
                        // Beyond the darkest and the brightest mean nothing changes. Without that, the wide
                        // distribution of the
                        // fluid would claim the brightest voxels too.
                        double value = Math.max(mean[0], Math.min(intensity[voxel], mean[TISSUES - 1]));
                        for (int n = 0; n < TISSUES; n++) {
                            float[] p = probability[n];
                            double distance = value - mean[n];
                            score[n] = constant[n]
                                    - factor[n] * distance * distance
                                    + neighbourWeights[0] * (p[voxel - 1] + p[voxel + 1])
                                    + neighbourWeights[1] * (p[voxel - dy] + p[voxel + dy])
                                    + neighbourWeights[2] * (p[voxel - dz] + p[voxel + dz]);
                        }
                        normalise(score);
                        for (int n = 0; n < TISSUES; n++) {
                            probability[n][voxel] = (float) score[n];
                        }
                        if (mostProbable(voxel) != before) {
                            changed[k]++;
                        }
                    }
                }
            }
        });
        return Arrays.stream(changed).sum();
    }

    /** Most probable tissue of a voxel, the darker one where two are equal. */
    int mostProbable(int voxel) {
        int best = 0;
        for (int n = 1; n < TISSUES; n++) {
            if (probability[n][voxel] > probability[best][voxel]) {
                best = n;
            }
        }
        return best;
    }

    /** From logarithms to probabilities. */
    private static void normalise(double[] score) {
        double largest = Math.max(score[0], Math.max(score[1], score[2]));
        double sum = 0;
        for (int n = 0; n < TISSUES; n++) {
            double rest = score[n] - largest;
            score[n] = rest == 0 ? 1 : rest < VANISHED ? 0 : StrictMath.exp(rest);
            sum += score[n];
        }
        for (int n = 0; n < TISSUES; n++) {
            score[n] /= sum;
        }
    }
}
