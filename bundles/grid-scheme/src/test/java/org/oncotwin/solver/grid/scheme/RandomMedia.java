package org.oncotwin.solver.grid.scheme;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TensorField;

/** Small media with holes, classes that do not diffuse and tensors of all shapes, and the operators of media as matrices. */
final class RandomMedia {

    private RandomMedia() {}

    static Grid grid(SplittableRandom random) {
        return new Grid(
                random.nextInt(1, 6),
                random.nextInt(1, 6),
                random.nextInt(1, 6),
                Affine.scaling(random.nextDouble(0.5, 3), random.nextDouble(0.5, 3), random.nextDouble(0.5, 3)));
    }

    /** Without orientation. */
    static Medium scalar(Grid grid, SplittableRandom random) {
        byte[] classes = new byte[grid.size()];
        double[] factor = new double[grid.size()];
        for (int index = 0; index < classes.length; index++) {
            classes[index] = (byte) random.nextInt(0, 4);
            factor[index] = random.nextInt(8) == 0 ? 0 : random.nextDouble(0.2, 3);
        }
        return Medium.of(grid, classes, new double[] {0, 0.1, 1, 0.02}, new double[4])
                .withRelativeDiffusion(SpatialValue.varying(Field.owning(grid, factor)));
    }

    /** A tensor with random axes; eigenvalues span up to four orders of magnitude and some are 0, or one and a half and none is. */
    static double[] tensor(SplittableRandom random, boolean singular) {
        double[][] axes = new double[3][3];
        for (double[] axis : axes) {
            for (int a = 0; a < 3; a++) {
                axis[a] = random.nextDouble(-1, 1) + 1e-3;
            }
        }
        for (int first = 0; first < 3; first++) {
            for (int before = 0; before < first; before++) {
                double dot = dot(axes[first], axes[before]);
                for (int a = 0; a < 3; a++) {
                    axes[first][a] -= dot * axes[before][a];
                }
            }
            double norm = Math.sqrt(dot(axes[first], axes[first]));
            for (int a = 0; a < 3; a++) {
                axes[first][a] /= norm;
            }
        }
        double[] tensor = new double[TensorField.COMPONENTS];
        for (double[] n : axes) {
            double eigenvalue =
                    singular && random.nextInt(10) == 0 ? 0 : Math.pow(10, random.nextDouble(singular ? -4 : -1, 0.5));
            double[] products = {n[0] * n[0], n[1] * n[1], n[2] * n[2], n[0] * n[1], n[0] * n[2], n[1] * n[2]};
            for (int component = 0; component < products.length; component++) {
                tensor[component] += eigenvalue * products[component];
            }
        }
        return tensor;
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static Medium oriented(Grid grid, SplittableRandom random, boolean singular) {
        float[][] components = new float[TensorField.COMPONENTS][grid.size()];
        for (int index = 0; index < grid.size(); index++) {
            double[] tensor = tensor(random, singular);
            for (int component = 0; component < components.length; component++) {
                components[component][index] = (float) tensor[component];
            }
        }
        return scalar(grid, random).withOrientation(TensorField.owning(grid, components));
    }

    /** The operator as it is defined: each pair adds to one of its voxels what it takes from the other. */
    static RealMatrix matrix(Conductances conductances, Grid grid) {
        RealMatrix matrix = new Array2DRowRealMatrix(grid.size(), grid.size());
        conductances.forEach((direction, lower, upper, coupling) -> {
            matrix.addToEntry(lower, lower, -coupling);
            matrix.addToEntry(upper, upper, -coupling);
            matrix.addToEntry(lower, upper, coupling);
            matrix.addToEntry(upper, lower, coupling);
        });
        return matrix;
    }

    static double norm(RealMatrix matrix) {
        return Math.max(matrix.getFrobeniusNorm(), Double.MIN_NORMAL);
    }
}
