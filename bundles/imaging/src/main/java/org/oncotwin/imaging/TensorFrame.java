package org.oncotwin.imaging;

import java.util.List;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.imaging.TensorConvention;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.TensorField;

/** The axes that the tensors of a file refer to, and the way from there to the index axes of the image. */
final class TensorFrame {

    /** Intent of {@code nifti1.h}: a symmetric matrix, its lower triangle row by row. */
    private static final int INTENT_SYMMETRIC_MATRIX = 1005;

    /** Largest cosine between index axes that still count as at right angles. */
    private static final double LARGEST_COSINE = 1e-4;

    private static final int[][] COMPONENT = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};

    private final TensorConvention convention;

    /** Column a is index axis a in the frame of the file, of length 1. */
    private final double[][] axes;

    private TensorFrame(TensorConvention convention, double[][] axes) {
        this.convention = convention;
        this.axes = axes;
    }

    static TensorFrame of(
            NiftiHeader header, NiftiPlacement placement, TensorConvention convention, List<String> warnings)
            throws ImageException {
        Affine affine = placement.affine();
        if (header.intent() == INTENT_SYMMETRIC_MATRIX
                && (convention == TensorConvention.FSL || convention == TensorConvention.MRTRIX)) {
            warnings.add(
                    "intent_code is 1005, for which NIfTI lays down the order xx, xy, yy, xz, yz, zz; read is the order of "
                            + convention.id());
        }
        double[][] axes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        if (convention.alongPatientAxes()) {
            if (placement.source().equals("spacing")) {
                warnings.add("the tensors refer to patient axes, which the header does not place");
            }
            if (!affine.isOrthogonal(LARGEST_COSINE)) {
                throw Refusal.of(
                        header.file(),
                        "the index axes are not at right angles, so tensors along patient axes cannot be turned to them");
            }
            for (int row = 0; row < 3; row++) {
                for (int axis = 0; axis < 3; axis++) {
                    axes[row][axis] = affine.get(row, axis) / affine.spacing(axis);
                }
            }
        } else if (convention == TensorConvention.FSL && affine.determinant() > 0) {
            axes[0][0] = -1;
        }
        return new TensorFrame(convention, axes);
    }

    /**
     * Turns all tensors; those that are not finite become 0.
     *
     * @param inFile components in the order of the file. Used up: they may be returned
     * @return components as in {@link TensorField}
     */
    float[][] alongIndexAxes(float[][] inFile, List<String> warnings) {
        float[][] turned = new float[TensorField.COMPONENTS][];
        for (int component = 0; component < TensorField.COMPONENTS; component++) {
            turned[component] = inFile[convention.place(component)];
        }
        int notFinite = 0;
        double[] tensor = new double[TensorField.COMPONENTS];
        for (int voxel = 0; voxel < turned[0].length; voxel++) {
            boolean finite = true;
            boolean zero = true;
            for (int component = 0; component < TensorField.COMPONENTS; component++) {
                tensor[component] = turned[component][voxel];
                finite &= Double.isFinite(tensor[component]);
                zero &= tensor[component] == 0;
            }
            if (!finite) {
                notFinite++;
            }
            for (int a = 0; !zero && a < 3; a++) {
                for (int b = a; b < 3; b++) {
                    turned[COMPONENT[a][b]][voxel] = finite ? (float) turned(tensor, a, b) : 0;
                }
            }
        }
        if (notFinite > 0) {
            warnings.add(notFinite + " of " + turned[0].length + " tensors are not finite and are taken for 0");
        }
        return turned;
    }

    private double turned(double[] tensor, int a, int b) {
        double sum = 0;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                sum += axes[row][a] * tensor[COMPONENT[row][column]] * axes[column][b];
            }
        }
        return sum;
    }
}
