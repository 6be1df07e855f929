package org.oncotwin.casefile;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.oncotwin.api.twin.TensorField;

/**
 * What a diffusion tensor of water says about the spread of tumour cells: its shape and direction. The size, the mean diffusivity, is that of water and is taken out; that of cells is a parameter of the
 * model.
 *
 * <p>Cells may follow fibres more strictly than water does. With the amplification r, the eigenvalues {@code l1 >= l2 >= l3} of the tensor of water become
 * {@code (r cl + r cp + cs) l1}, {@code (cl + r cp + cs) l2} and {@code (cl + cp + cs) l3}, with the linear, planar and spherical coefficients {@code cl = (l1 - l2) / s},
 * {@code cp = 2 (l2 - l3) / s}, {@code cs = 3 l3 / s}, {@code s = l1 + l2 + l3}, which add up to 1; the eigenvectors stay (Jbabdi et al. 2005, Magn Reson Med 54:616,
 * doi:10.1002/mrm.20625; coefficients after Westin et al. 2002, Med Image Anal 6:93). r = 1 leaves the tensor as it is. Then the trace is made 3.
 */
final class DiffusionShape {

    /** Smallest determinant and minors, relative to a tensor of trace 3, at which a tensor read in single precision still counts as positive definite. */
    private static final double SMALLEST = 1e-6;

    private final double amplification;

    /**
     * Shapes with an amplification of anisotropy.
     *
     * @param amplification r, at least 1
     */
    DiffusionShape(double amplification) {
        this.amplification = amplification;
    }

    /**
     * Makes the tensor of water into that of cells, components in the order of {@link TensorField}.
     *
     * @return false, and the tensor is not changed, if it is not positive definite
     */
    boolean shape(double[] t) {
        double trace = t[0] + t[1] + t[2];
        if (!(trace > 0) || !Double.isFinite(trace)) {
            return false;
        }
        double[] unit = new double[TensorField.COMPONENTS];
        scale(t, 3 / trace, unit);
        double minor = unit[0] * unit[1] - unit[3] * unit[3];
        double determinant = minor * unit[2]
                - unit[0] * unit[5] * unit[5]
                - unit[1] * unit[4] * unit[4]
                + 2 * unit[3] * unit[4] * unit[5];
        if (!(unit[0] > SMALLEST && minor > SMALLEST && determinant > SMALLEST)) {
            return false;
        }
        if (amplification == 1) {
            scale(unit, 1, t);
        } else {
            amplify(unit, t);
        }
        return true;
    }

    private static void scale(double[] from, double factor, double[] to) {
        for (int component = 0; component < TensorField.COMPONENTS; component++) {
            to[component] = factor * from[component];
        }
    }

    /** Eigenvalues of the tensor have the sum 3. */
    private void amplify(double[] unit, double[] t) {
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(
                new double[][] {{unit[0], unit[3], unit[4]}, {unit[3], unit[1], unit[5]}, {unit[4], unit[5], unit[2]}},
                false));
        // Sorted, the largest first.
        double[] l = eigen.getRealEigenvalues();
        double linear = (l[0] - l[1]) / 3;
        double planar = 2 * (l[1] - l[2]) / 3;
        double spherical = l[2];
        double[] amplified = {
            (amplification * (linear + planar) + spherical) * l[0],
            (linear + amplification * planar + spherical) * l[1],
            (linear + planar + spherical) * l[2]
        };
        double toUnit = 3 / (amplified[0] + amplified[1] + amplified[2]);
        int[][] axes = {{0, 0}, {1, 1}, {2, 2}, {0, 1}, {0, 2}, {1, 2}};
        for (int component = 0; component < TensorField.COMPONENTS; component++) {
            double sum = 0;
            for (int n = 0; n < 3; n++) {
                double[] vector = eigen.getEigenvector(n).toArray();
                sum += amplified[n] * vector[axes[component][0]] * vector[axes[component][1]];
            }
            t[component] = toUnit * sum;
        }
    }
}
