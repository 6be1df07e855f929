package org.oncotwin.api.twin;

/**
 * How observed values scatter around true ones.
 *
 * @param kind exact, additive normal, or multiplicative log-normal
 * @param standardDeviation in the unit of the quantity (normal) or of its logarithm (log-normal); 0 if exact
 */
public record NoiseModel(Kind kind, double standardDeviation) {

    /** Shape of the scatter. */
    public enum Kind {
        /** Taken as it is. */
        EXACT,
        /** observed = true + normal. */
        NORMAL,
        /** observed = true * exp(normal). */
        LOG_NORMAL
    }

    /** Taken as it is. */
    public static final NoiseModel EXACT = new NoiseModel(Kind.EXACT, 0);

    /** Checks the spread. */
    public NoiseModel {
        if (!(standardDeviation >= 0) || (kind == Kind.EXACT) != (standardDeviation == 0)) {
            throw new IllegalArgumentException("standard deviation " + standardDeviation + " for " + kind);
        }
    }
}
