package org.oncotwin.solver.stiff;

/**
 * The length of the next step from the errors of the latest ones: the controller of Gustafsson (ACM Trans. Math. Softw. 20 (1994) 496-517) as in Hairer and Wanner (1996,
 * section IV.8), which predicts how the error goes on. No growth right after a rejected step.
 */
final class StepLengths {

    private static final double SAFETY = 0.9;
    private static final double LARGEST_GROWTH = 6;
    private static final double LARGEST_CUT = 0.2;

    /** After a step that could not be computed. */
    private static final double BLIND_CUT = 0.25;

    /** Errors below this say nothing about the next one. */
    private static final double SMALLEST_ERROR = 1e-4;

    private boolean hasHistory;
    private boolean rejectedBefore;
    private double lastStep;
    private double lastError;

    /** Forgets everything. */
    void startAnew() {
        hasHistory = false;
        rejectedBefore = false;
    }

    /** The next length after an accepted step. */
    double afterAccepted(double step, double error) {
        double factor = factor(error);
        if (hasHistory) {
            double bounded = Math.max(error, SMALLEST_ERROR);
            double predicted = SAFETY * step / lastStep * fifthRoot(lastError / (bounded * bounded));
            factor = Math.min(factor, Math.max(LARGEST_CUT, predicted));
        }
        if (rejectedBefore) {
            factor = Math.min(1, factor);
        }
        hasHistory = true;
        rejectedBefore = false;
        lastStep = step;
        lastError = Math.max(SMALLEST_ERROR, error);
        return step * factor;
    }

    /** The next length after a step with too large an error. */
    double afterRejected(double step, double error) {
        rejectedBefore = true;
        return step * Math.min(SAFETY, factor(error));
    }

    /** The next length after a step that could not be computed. */
    double afterFailed(double step) {
        rejectedBefore = true;
        return step * BLIND_CUT;
    }

    private static double factor(double error) {
        return error == 0 ? LARGEST_GROWTH : Math.max(LARGEST_CUT, Math.min(LARGEST_GROWTH, SAFETY / fifthRoot(error)));
    }

    /** The fifth root of a number above 0, by Newton's method: the same bits on all machines, and unlike StrictMath.pow it takes no memory. */
    static double fifthRoot(double value) {
        // One to two times the root, from where Newton's method comes down: first by a fifth, then doubling the right
        // digits.
        double root = Math.scalb(1.0, Math.floorDiv(Math.getExponent(value), Rodas5P.ERROR_ORDER) + 1);
        for (int k = 0; k < 10; k++) {
            double square = root * root;
            root -= (root - value / (square * square)) / Rodas5P.ERROR_ORDER;
        }
        return root;
    }
}
