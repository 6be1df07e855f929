package org.oncotwin.api.twin;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A number that changes with time and whose integral is known exactly, so that a rate that decays within hours acts fully even when a solver steps
 * over days.
 */
@ConsumerType
public interface TimeFunction {

    /** Value at a time in days since day 0. */
    double at(double day);

    /** Integral from one time to a later one, both in days since day 0; exact to rounding. */
    double integral(double from, double to);

    /**
     * Where between two times, both in days since day 0 and themselves left out, the function or a derivative of it jumps, such as at the doses of a drug: ascending, each once. Who
     * integrates it together with something else does so piece by piece. A smooth function has none.
     */
    default double[] jumps(double from, double to) {
        return new double[0];
    }

    /** True if the function is this constant at all times; solvers then take simpler ways that give the same bits as if it were absent. */
    default boolean isConstant(double value) {
        return false;
    }

    /** The same value at all times. */
    static TimeFunction constant(double value) {
        return new ConstantFunction(value);
    }

    /** Sum of functions, in the order of the list. */
    static TimeFunction sum(List<TimeFunction> terms) {
        return SumFunction.of(terms);
    }

    /** Product of functions; its integral is Gauss-Legendre quadrature unless at most one factor varies, see {@link ProductFunction}. */
    static TimeFunction product(List<TimeFunction> factors) {
        return ProductFunction.of(factors);
    }
}
