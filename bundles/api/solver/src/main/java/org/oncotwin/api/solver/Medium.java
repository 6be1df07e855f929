package org.oncotwin.api.solver;

import java.util.Arrays;
import java.util.Optional;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TensorField;

/**
 * Where cells can be, how fast they spread there and how fast they proliferate. The diffusion tensor of a voxel x of class c is {@code diffusion[c] m(x) T(x)} (mm2/d) with
 * the relative diffusion m and the orientation T, both 1 unless given; its proliferation rate is {@code proliferation[c] r(x)} (1/d) with the relative proliferation r, 1
 * unless given. Immutable. Two media are equal if they are one object, so a solver may keep what it derives from a medium for as long as the medium lives, and whoever poses
 * many problems on one medium should make it once.
 */
public final class Medium {

    /** Most classes, the outside included. */
    public static final int MOST_CLASSES = 128;

    private final Grid grid;
    private final byte[] classes;
    private final double[] diffusion;
    private final double[] proliferation;
    private final SpatialValue relativeDiffusion;
    private final SpatialValue relativeProliferation;
    private final Optional<TensorField> orientation;

    private Medium(
            Grid grid,
            byte[] classes,
            double[] diffusion,
            double[] proliferation,
            SpatialValue relativeDiffusion,
            SpatialValue relativeProliferation,
            Optional<TensorField> orientation) {
        this.grid = grid;
        this.classes = classes;
        this.diffusion = diffusion;
        this.proliferation = proliferation;
        this.relativeDiffusion = relativeDiffusion;
        this.relativeProliferation = relativeProliferation;
        this.orientation = orientation;
    }

    /**
     * A medium of classes.
     *
     * @param grid voxels, axes at right angles
     * @param classes class per voxel, in voxel order: 0 is outside, other values index the two tables. Taken over without a copy; the caller must never write to it again
     * @param diffusion D in mm2/d by class, not negative; entry 0 is not used
     * @param proliferation rho in 1/d by class; entry 0 is not used
     */
    public static Medium of(Grid grid, byte[] classes, double[] diffusion, double[] proliferation) {
        if (classes.length != grid.size()
                || diffusion.length != proliferation.length
                || diffusion.length > MOST_CLASSES) {
            throw new IllegalArgumentException("sizes do not fit: " + classes.length + " classes of voxels on "
                    + grid.describe() + ", tables of " + diffusion.length + " and " + proliferation.length);
        }
        for (int c = 1; c < diffusion.length; c++) {
            if (!(diffusion[c] >= 0) || !Double.isFinite(diffusion[c]) || !Double.isFinite(proliferation[c])) {
                throw new IllegalArgumentException("diffusion " + Arrays.toString(diffusion) + ", proliferation "
                        + Arrays.toString(proliferation));
            }
        }
        if (!grid.affine().isOrthogonal(1e-4)) {
            throw new IllegalArgumentException(
                    "a sheared grid cannot be solved on; resample it to one with axes at right angles");
        }
        return new Medium(
                grid,
                classes,
                diffusion.clone(),
                proliferation.clone(),
                SpatialValue.uniform(1),
                SpatialValue.uniform(1),
                Optional.empty());
    }

    /** This medium with other tables. */
    public Medium withTables(double[] newDiffusion, double[] newProliferation) {
        Medium checked = of(grid, classes, newDiffusion, newProliferation);
        return new Medium(
                grid,
                classes,
                checked.diffusion,
                checked.proliferation,
                relativeDiffusion,
                relativeProliferation,
                orientation);
    }

    /** This medium with a factor m(x) on diffusion, not negative. */
    public Medium withRelativeDiffusion(SpatialValue factor) {
        checkFactor("relative diffusion", factor, 0);
        return new Medium(grid, classes, diffusion, proliferation, factor, relativeProliferation, orientation);
    }

    /** This medium with a factor r(x) on proliferation. */
    public Medium withRelativeProliferation(SpatialValue factor) {
        checkFactor("relative proliferation", factor, -Double.MAX_VALUE);
        return new Medium(grid, classes, diffusion, proliferation, relativeDiffusion, factor, orientation);
    }

    /** This medium with the orientation T(x) of its diffusion. */
    public Medium withOrientation(TensorField tensors) {
        if (!tensors.grid().equals(grid)) {
            throw new IllegalArgumentException(
                    "diffusion tensors on " + tensors.grid().describe() + ", the medium on " + grid.describe());
        }
        return new Medium(
                grid,
                classes,
                diffusion,
                proliferation,
                relativeDiffusion,
                relativeProliferation,
                Optional.of(tensors));
    }

    private void checkFactor(String name, SpatialValue factor, double least) {
        if (factor instanceof SpatialValue.Varying varying) {
            Field field = varying.field();
            if (field.grid().size() != grid.size()) {
                throw new IllegalArgumentException(
                        name + " on " + field.grid().describe() + ", the medium on " + grid.describe());
            }
            for (int index = 0; index < classes.length; index++) {
                if (classes[index] != 0) {
                    checkFactor(name, field.value(index), least);
                }
            }
        } else {
            checkFactor(name, factor.at(0), least);
        }
    }

    private static void checkFactor(String name, double value, double least) {
        if (!(value >= least) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value);
        }
    }

    /** The grid. */
    public Grid grid() {
        return grid;
    }

    /** Class of a voxel, 0 outside. */
    public int classOf(int index) {
        return classes[index];
    }

    /** True if a voxel belongs to the medium. */
    public boolean contains(int index) {
        return classes[index] != 0;
    }

    /** Number of classes, the outside included. */
    public int classes() {
        return diffusion.length;
    }

    /** D in mm2/d by class. */
    public double[] diffusion() {
        return diffusion.clone();
    }

    /** rho in 1/d by class. */
    public double[] proliferation() {
        return proliferation.clone();
    }

    /** Factor m(x) on diffusion. */
    public SpatialValue relativeDiffusion() {
        return relativeDiffusion;
    }

    /** Factor r(x) on proliferation. */
    public SpatialValue relativeProliferation() {
        return relativeProliferation;
    }

    /** Orientation T(x) of diffusion; empty if it is the same in all directions. */
    public Optional<TensorField> orientation() {
        return orientation;
    }
}
