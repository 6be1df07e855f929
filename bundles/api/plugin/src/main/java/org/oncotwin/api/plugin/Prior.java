package org.oncotwin.api.plugin;

/**
 * What is believed about a parameter before any scan of this patient.
 *
 * @param kind shape
 * @param first lower bound (uniform), mean (normal) or median (log-normal)
 * @param second upper bound (uniform), standard deviation (normal) or standard deviation of the natural logarithm (log-normal)
 */
public record Prior(Kind kind, double first, double second) {

    /** Shape of a prior. */
    public enum Kind {
        /** Every value between two bounds alike. */
        UNIFORM,
        /** Normal. */
        NORMAL,
        /** The logarithm is normal. */
        LOG_NORMAL
    }

    /** Checks the numbers. */
    public Prior {
        boolean ok = kind == Kind.UNIFORM ? first < second : second > 0 && (kind == Kind.NORMAL || first > 0);
        if (!ok) {
            throw new IllegalArgumentException(kind + " prior with " + first + " and " + second);
        }
    }

    /** Every value between two bounds alike. */
    public static Prior uniform(double lower, double upper) {
        return new Prior(Kind.UNIFORM, lower, upper);
    }

    /** Normal with mean and standard deviation. */
    public static Prior normal(double mean, double standardDeviation) {
        return new Prior(Kind.NORMAL, mean, standardDeviation);
    }

    /** Log-normal with median and standard deviation of the natural logarithm. */
    public static Prior logNormal(double median, double sigma) {
        return new Prior(Kind.LOG_NORMAL, median, sigma);
    }
}
