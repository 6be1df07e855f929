package org.oncotwin.api.twin;

import java.util.Arrays;

/**
 * Maps voxel indices (centres of voxels) to patient coordinates in millimetres, RAS+ (x to the right, y to the front, z to the head), as NIfTI does:
 * {@code world = M * (i, j, k, 1)}. Immutable.
 */
public final class Affine {

    private final double[] m;

    private Affine(double[] rowMajor) {
        this.m = rowMajor;
    }

    /**
     * An affine from the upper three rows of its matrix.
     *
     * @param rowMajor 12 finite numbers, row by row: three of the linear part, then the translation in mm
     * @throws IllegalArgumentException if there are not 12, one is not finite, or the linear part is singular
     */
    public static Affine of(double... rowMajor) {
        if (rowMajor.length != 12) {
            throw new IllegalArgumentException("an affine has 12 numbers, not " + rowMajor.length);
        }
        for (double value : rowMajor) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("an affine must be finite, not " + Arrays.toString(rowMajor));
            }
        }
        Affine affine = new Affine(rowMajor.clone());
        double volume = Math.abs(affine.determinant());
        double scale = affine.spacing(0) * affine.spacing(1) * affine.spacing(2);
        if (!(volume > 1e-6 * scale) || !Double.isFinite(1 / volume)) {
            throw new IllegalArgumentException("an affine must be invertible, not " + Arrays.toString(rowMajor));
        }
        return affine;
    }

    /** Voxels of the given size in mm along the patient axes, the first voxel centre at the origin. */
    public static Affine scaling(double x, double y, double z) {
        return of(x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0);
    }

    /** Element of the matrix; {@code row} 0 to 2, {@code column} 0 to 3 (3 is the translation). */
    public double get(int row, int column) {
        return m[4 * row + column];
    }

    /** Patient coordinates (mm) of a voxel index, which may lie between voxels. */
    public double[] apply(double i, double j, double k) {
        double[] world = new double[3];
        for (int row = 0; row < 3; row++) {
            world[row] = m[4 * row] * i + m[4 * row + 1] * j + m[4 * row + 2] * k + m[4 * row + 3];
        }
        return world;
    }

    /** Distance in mm between neighbouring voxel centres along an index axis (0, 1 or 2). */
    public double spacing(int axis) {
        return Math.sqrt(m[axis] * m[axis] + m[4 + axis] * m[4 + axis] + m[8 + axis] * m[8 + axis]);
    }

    /** Signed volume of a voxel in mm3; negative for a left-handed index order. */
    public double determinant() {
        return m[0] * (m[5] * m[10] - m[6] * m[9])
                - m[1] * (m[4] * m[10] - m[6] * m[8])
                + m[2] * (m[4] * m[9] - m[5] * m[8]);
    }

    /** True if the index axes are at right angles: no pair is off by more than the given cosine. */
    public boolean isOrthogonal(double largestCosine) {
        for (int a = 0; a < 3; a++) {
            int b = (a + 1) % 3;
            double dot = m[a] * m[b] + m[4 + a] * m[4 + b] + m[8 + a] * m[8 + b];
            if (Math.abs(dot) > largestCosine * spacing(a) * spacing(b)) {
                return false;
            }
        }
        return true;
    }

    /** The map from patient coordinates back to voxel indices. */
    public Affine inverse() {
        double d = 1 / determinant();
        double[] r = {
            (m[5] * m[10] - m[6] * m[9]) * d, (m[2] * m[9] - m[1] * m[10]) * d, (m[1] * m[6] - m[2] * m[5]) * d, 0,
            (m[6] * m[8] - m[4] * m[10]) * d, (m[0] * m[10] - m[2] * m[8]) * d, (m[2] * m[4] - m[0] * m[6]) * d, 0,
            (m[4] * m[9] - m[5] * m[8]) * d, (m[1] * m[8] - m[0] * m[9]) * d, (m[0] * m[5] - m[1] * m[4]) * d, 0
        };
        for (int row = 0; row < 3; row++) {
            r[4 * row + 3] = -(r[4 * row] * m[3] + r[4 * row + 1] * m[7] + r[4 * row + 2] * m[11]);
        }
        return new Affine(r);
    }

    /** Largest difference between the elements of two affines (mm per voxel, mm). */
    public double largestDifference(Affine other) {
        double largest = 0;
        for (int i = 0; i < m.length; i++) {
            largest = Math.max(largest, Math.abs(m[i] - other.m[i]));
        }
        return largest;
    }

    /** The 12 numbers, row by row. */
    public double[] toArray() {
        return m.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Affine a && Arrays.equals(m, a.m);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(m);
    }

    @Override
    public String toString() {
        return Arrays.toString(m);
    }
}
