package org.oncotwin.solver.linear;

/**
 * Derivatives by central differences of order 6 (Fornberg: Generation of finite difference formulas on arbitrarily spaced grids, Math. Comp. 51 (1988) 699-706, table 1),
 * exact to rounding for functions that are linear. The distance begins at 1/32 of the size of what is varied, where rounding is smallest, and shortens four times at a time
 * until two estimates agree; each number takes the estimate that agrees best with the one before it.
 */
final class CentralDifferences {

    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};
    private static final int POINTS = 3;
    private static final double FIRST_PART = 1.0 / 32;
    private static final double SHORTENING = 0.25;
    private static final int MOST_TRIALS = 12;
    private static final double AGREEMENT = 1e-13;

    private final int size;
    private final double[][] ahead;
    private final double[][] behind;
    private final double[] former;
    private final double[] disagreement;

    /** Values along a line. */
    @FunctionalInterface
    interface Line {

        /** Writes the values at a distance. */
        void at(double distance, double[] values);
    }

    CentralDifferences(int size) {
        this.size = size;
        this.ahead = new double[POINTS][size];
        this.behind = new double[POINTS][size];
        this.former = new double[size];
        this.disagreement = new double[size];
    }

    /**
     * How far one may go in a direction until a number has changed by its own size; 0 if the direction is nowhere. A number that is 0 counts as large as the largest beside
     * it, or 1 if that is smaller.
     */
    static double reach(double[] point, double[] direction) {
        double largest = 0;
        for (double value : point) {
            largest = Math.max(largest, Math.abs(value));
        }
        double instead = largest > 0 ? Math.min(1, largest) : 1;
        double reach = 0;
        for (int i = 0; i < point.length; i++) {
            if (direction[i] != 0) {
                double size = point[i] == 0 ? instead : Math.abs(point[i]);
                reach = Math.max(reach, size / Math.abs(direction[i]));
            }
        }
        return reach;
    }

    /**
     * Writes the derivatives at distance 0.
     *
     * @param reach as {@link #reach}, above 0
     * @return false if one is not finite
     */
    boolean differentiate(Line line, double reach, double[] derivatives) {
        double distance = Double.MIN_NORMAL + reach * FIRST_PART;
        boolean agree = false;
        for (int trial = 0; trial < MOST_TRIALS && !agree; trial++) {
            for (int k = 0; k < POINTS; k++) {
                line.at((k + 1) * distance, ahead[k]);
                line.at(-(k + 1) * distance, behind[k]);
            }
            agree = trial > 0;
            for (int i = 0; i < size; i++) {
                double estimate = estimate(i) / distance;
                double difference = Math.abs(estimate - former[i]);
                if (trial == 0) {
                    derivatives[i] = estimate;
                    disagreement[i] = Double.POSITIVE_INFINITY;
                } else if (difference < disagreement[i]) {
                    derivatives[i] = estimate;
                    disagreement[i] = difference;
                }
                former[i] = estimate;
                agree &= disagreement[i] <= AGREEMENT * Math.abs(derivatives[i]);
            }
            distance *= SHORTENING;
        }
        boolean finite = true;
        for (int i = 0; i < size; i++) {
            finite &= Double.isFinite(derivatives[i]);
        }
        return finite;
    }

    private double estimate(int i) {
        double sum = 0;
        for (int k = 0; k < POINTS; k++) {
            sum += WEIGHTS[k] * (ahead[k][i] - behind[k][i]);
        }
        return sum;
    }
}
