package org.oncotwin.sdk.conformance;

/**
 * The solution over one step of Dormand and Prince, a polynomial of order 4 (Hairer, Norsett and Wanner 1993, section II.6, in the form of their program DOPRI5).
 *
 * <p>What shall not be negative is kept so by a mixture with the straight line between the ends of the step, which are not negative. The same share of the line for
 * every component keeps each sum that polynomial and line both keep.
 */
final class OdePiece {

    private static final double[] MIDDLE = {
        -12715105075.0 / 11282082432.0,
        0,
        87487479700.0 / 32700410799.0,
        -10690763975.0 / 1880347072.0,
        701980252875.0 / 199316789632.0,
        -1453857185.0 / 822651844.0,
        69997945.0 / 29380423.0
    };

    private final double origin;
    private final double start;
    private final double length;
    private final double[] first;
    private final double[] last;
    private final double[] third;
    private final double[] fourth;
    private final double[] fifth;
    private final int[] nonNegative;

    /**
     * One step.
     *
     * @param origin day from which the start counts
     * @param start of the step, in days since the origin
     * @param length in days
     */
    OdePiece(
            double origin,
            double start,
            double length,
            double[] first,
            double[] last,
            double[][] slopes,
            int[] nonNegative) {
        this.origin = origin;
        this.start = start;
        this.length = length;
        this.first = first.clone();
        this.last = last.clone();
        this.third = new double[first.length];
        this.fourth = new double[first.length];
        this.fifth = new double[first.length];
        this.nonNegative = nonNegative;
        for (int i = 0; i < first.length; i++) {
            double difference = last[i] - first[i];
            third[i] = length * slopes[0][i] - difference;
            fourth[i] = difference - length * slopes[6][i] - third[i];
            for (int s = 0; s < MIDDLE.length; s++) {
                fifth[i] += length * MIDDLE[s] * slopes[s][i];
            }
        }
    }

    /** State and derivatives at a day. */
    double[] atDay(double day) {
        return at((day - origin - start) / length);
    }

    /** State and derivatives some days after the origin. */
    double[] atElapsed(double elapsed) {
        return at((elapsed - start) / length);
    }

    /** At a part of the step; before its start as at its start, after its end as at its end. */
    double[] at(double part) {
        if (part <= 0) {
            return first.clone();
        }
        if (part >= 1) {
            return last.clone();
        }
        double[] z = new double[first.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = polynomial(i, part);
        }
        double share = shareOfLine(z, part);
        if (share > 0) {
            for (int i = 0; i < z.length; i++) {
                z[i] += share * (line(i, part) - z[i]);
            }
            for (int i : nonNegative) {
                // What rounding leaves below 0.
                z[i] = Math.max(0, z[i]);
            }
        }
        return z;
    }

    /** How far the mixture moves a component from the polynomial. */
    double bent(int component, double part) {
        return Math.abs(at(part)[component] - polynomial(component, part));
    }

    private double shareOfLine(double[] z, double part) {
        double share = 0;
        for (int i : nonNegative) {
            if (z[i] < 0) {
                share = Math.max(share, z[i] / (z[i] - line(i, part)));
            }
        }
        return share;
    }

    private double polynomial(int i, double part) {
        double rest = 1 - part;
        return first[i] + part * (last[i] - first[i] + rest * (third[i] + part * (fourth[i] + rest * fifth[i])));
    }

    private double line(int i, double part) {
        return (1 - part) * first[i] + part * last[i];
    }
}
