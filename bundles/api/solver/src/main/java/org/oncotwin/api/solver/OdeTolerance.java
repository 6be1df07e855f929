package org.oncotwin.api.solver;

/**
 * Allowed error of one step: absolute + relative |y| for each component.
 *
 * @param relative above 0 and at most 0.1
 * @param absolute for each component, in its unit, at least 0; or one number for all
 */
public record OdeTolerance(double relative, double[] absolute) {

    /** Checks the ranges and copies the array. */
    public OdeTolerance {
        if (!(relative > 0 && relative <= 0.1)) {
            throw new IllegalArgumentException(
                    "a relative tolerance of " + relative + " is not allowed; allowed is above 0 and at most 0.1");
        }
        for (double value : absolute) {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "an absolute tolerance of " + value + " is not allowed; allowed is at least 0");
            }
        }
        if (absolute.length == 0) {
            throw new IllegalArgumentException("no absolute tolerance");
        }
        absolute = absolute.clone();
    }

    /** The same absolute tolerance for all components. */
    public static OdeTolerance of(double relative, double absolute) {
        return new OdeTolerance(relative, new double[] {absolute});
    }

    @Override
    public double[] absolute() {
        return absolute.clone();
    }

    /** Absolute tolerance of a component. */
    public double absolute(int component) {
        return absolute[absolute.length == 1 ? 0 : component];
    }
}
