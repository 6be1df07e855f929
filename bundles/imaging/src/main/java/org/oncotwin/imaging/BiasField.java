package org.oncotwin.imaging;

import java.util.stream.IntStream;

/**
 * Slow change of the receiver's sensitivity over the brain: the logarithm of the intensity is that of the tissue plus a quadratic
 * polynomial of the place, fitted by weighted least squares to grey and white matter as far as known (after Wells, Grimson,
 * Kikinis, Jolesz 1996, IEEE Trans. Med. Imaging 15, 429-442, and Van Leemput, Maes, Vandermeulen, Suetens 1999, IEEE
 * Trans. Med. Imaging 18, 885-896). Fluid is left out: its logarithm depends mostly on how much of the voxel it fills.
 */
final class BiasField {

    /** x, y, z, their squares and products; the constant is fitted with them and left out, as it belongs to the means. */
    private static final int TERMS = 10;

    /** A weak pull to 0 per fitted weight, so that brains of a single slice stay solvable. */
    private static final double RIDGE = 1e-6;

    /** Every second voxel along each axis says enough about slow changes. */
    private static final int STRIDE = 2;

    private final double[] coefficients;
    private final double[] centre;
    private final double[] scale;

    private BiasField(double[] coefficients, double[] centre, double[] scale) {
        this.coefficients = coefficients;
        this.centre = centre;
        this.scale = scale;
    }

    /** No change at all. */
    static BiasField none(BrainBox box) {
        double[] centre = {(box.nx() - 1) / 2.0, (box.ny() - 1) / 2.0, (box.nz() - 1) / 2.0};
        double[] scale = {2.0 / box.nx(), 2.0 / box.ny(), 2.0 / box.nz()};
        return new BiasField(new double[TERMS], centre, scale);
    }

    /** The field that explains best what the tissues leave over. */
    BiasField fit(BrainBox box, MarkovField field, TissueIntensities tissues) {
        double[][] normal = new double[TERMS][TERMS];
        double[] right = new double[TERMS];
        double[] terms = new double[TERMS];
        double[] means = tissues.means();
        double[] precision = new double[TissueIntensities.TISSUES];
        for (int n = 1; n < precision.length; n++) {
            double relative = tissues.deviations()[n] / means[n];
            precision[n] = 1 / (relative * relative);
        }
        double logGrey = StrictMath.log(means[1]);
        double logWhite = StrictMath.log(means[2]);
        double total = 0;
        for (int k = 1; k < box.nz() - 1; k += STRIDE) {
            for (int j = 1; j < box.ny() - 1; j += STRIDE) {
                for (int i = 1; i < box.nx() - 1; i += STRIDE) {
                    int voxel = box.index(i, j, k);
                    float value = box.intensity()[voxel];
                    double grey = field.probability(1, voxel) * precision[1];
                    double white = field.probability(2, voxel) * precision[2];
                    double weight = grey + white;
                    if (value > 0 && field.mostProbable(voxel) > 0) {
                        double rest = StrictMath.log(value) - (grey * logGrey + white * logWhite) / weight;
                        terms(i, j, k, terms);
                        accumulate(normal, right, terms, weight, rest);
                        total += weight;
                    }
                }
            }
        }
        for (int n = 1; n < TERMS; n++) {
            normal[n][n] += RIDGE * total;
        }
        double[] solution = total > 0 ? LinearSystem.solve(normal, right) : new double[TERMS];
        solution[0] = 0;
        return new BiasField(solution, centre, scale);
    }

    /** Factor by which the intensity of a voxel is too high. */
    private double factor(int i, int j, int k) {
        double x = (i - centre[0]) * scale[0];
        double y = (j - centre[1]) * scale[1];
        double z = (k - centre[2]) * scale[2];
        double[] c = coefficients;
        return StrictMath.exp(c[1] * x
                + c[2] * y
                + c[3] * z
                + c[4] * x * x
                + c[5] * y * y
                + c[6] * z * z
                + c[7] * x * y
                + c[8] * x * z
                + c[9] * y * z);
    }

    /** Intensities of the box without the change. */
    float[] correct(BrainBox box) {
        float[] corrected = new float[box.intensity().length];
        IntStream.range(1, box.nz() - 1).parallel().forEach(k -> {
            for (int j = 1; j < box.ny() - 1; j++) {
                for (int i = 1; i < box.nx() - 1; i++) {
                    int voxel = box.index(i, j, k);
                    float value = box.intensity()[voxel];
                    if (value > 0) {
                        corrected[voxel] = Math.max(Float.MIN_NORMAL, (float) (value / factor(i, j, k)));
                    }
                }
            }
        });
        return corrected;
    }

    private void terms(int i, int j, int k, double[] terms) {
        double x = (i - centre[0]) * scale[0];
        double y = (j - centre[1]) * scale[1];
        double z = (k - centre[2]) * scale[2];
        terms[0] = 1;
        terms[1] = x;
        terms[2] = y;
        terms[3] = z;
        terms[4] = x * x;
        terms[5] = y * y;
        terms[6] = z * z;
        terms[7] = x * y;
        terms[8] = x * z;
        terms[9] = y * z;
    }

    private static void accumulate(double[][] normal, double[] right, double[] terms, double weight, double rest) {
        for (int row = 0; row < TERMS; row++) {
            double factor = weight * terms[row];
            right[row] += factor * rest;
            for (int column = 0; column <= row; column++) {
                normal[row][column] += factor * terms[column];
            }
        }
    }
}
