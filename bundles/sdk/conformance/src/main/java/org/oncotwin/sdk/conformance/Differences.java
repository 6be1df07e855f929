package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.oncotwin.api.plugin.ParameterDescription;

/** Derivatives by differences of fourth order (Abramowitz and Stegun 1964, table 25.2), to hold offered ones against. */
final class Differences {

    private static final double STEP = 0x1p-12;

    private Differences() {}

    /** Derivative at 0 of a function of a relative change. */
    static double atZero(DoubleUnaryOperator function) {
        return central(function, 0, STEP);
    }

    /** Derivative with respect to a parameter, within its bounds. */
    static double of(ParameterDescription parameter, double at, DoubleUnaryOperator function) {
        double scale = at != 0 ? Math.abs(at) : parameter.maximum() < 1 ? parameter.maximum() : 1;
        double step = scale * STEP;
        if (at - 2 * step >= parameter.minimum() && at + 2 * step <= parameter.maximum()) {
            return central(function, at, step);
        }
        return at + 4 * step <= parameter.maximum() ? oneSided(function, at, step) : oneSided(function, at, -step);
    }

    private static double central(DoubleUnaryOperator f, double at, double h) {
        return (f.applyAsDouble(at - 2 * h)
                        - 8 * f.applyAsDouble(at - h)
                        + 8 * f.applyAsDouble(at + h)
                        - f.applyAsDouble(at + 2 * h))
                / (12 * h);
    }

    private static double oneSided(DoubleUnaryOperator f, double at, double h) {
        return (-25 * f.applyAsDouble(at)
                        + 48 * f.applyAsDouble(at + h)
                        - 36 * f.applyAsDouble(at + 2 * h)
                        + 16 * f.applyAsDouble(at + 3 * h)
                        - 3 * f.applyAsDouble(at + 4 * h))
                / (12 * h);
    }

    /**
     * Equal to 1e-6 of the larger, or where both are small, to the rounding of what was differenced.
     *
     * @param scale magnitude of what was differenced, in the unit of the derivative
     */
    static void assertAgree(double offered, double differenced, double scale, String what) {
        assertThat(Math.abs(offered - differenced))
                .as("%s: derivative is %s, differences give %s", what, offered, differenced)
                .isLessThanOrEqualTo(
                        1e-6 * Math.max(Math.abs(offered), Math.abs(differenced)) + 1e-10 * Math.abs(scale));
    }
}
