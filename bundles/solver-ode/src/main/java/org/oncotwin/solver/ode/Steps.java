package org.oncotwin.solver.ode;

import org.apache.commons.math3.ode.sampling.StepHandler;
import org.apache.commons.math3.ode.sampling.StepInterpolator;

/** Counts steps and refuses those in which a number is not finite, so that the integrator tries a shorter one. Of one integration. */
final class Steps implements StepHandler {

    /** First step, as a part of the longest, where the library's guess is not a number. */
    private static final double CAUTIOUS_PART = 1e-6;

    private final StepLimits limits;
    private final Derivatives derivatives;
    private long tried;
    private long accepted;
    private double longest;
    private double reached;
    /** Arrays of the integrator, which hold the latest tried step. */
    private double[][] stages = {};

    private double[] scale = {};

    Steps(StepLimits limits, Derivatives derivatives) {
        this.limits = limits;
        this.derivatives = derivatives;
    }

    /** The length of the first step, which the library guesses from a trial of its own. */
    double first(double guess) {
        derivatives.endTrial();
        return Double.isFinite(guess) ? guess : CAUTIOUS_PART * limits.longest();
    }

    /** The error of a tried step, at least 1 if it must not be accepted. */
    double judge(double error, double[][] stages, double[] after) {
        tried++;
        derivatives.endTrial();
        boolean finite = !Double.isNaN(error) && firstNotFinite(after) < 0;
        for (double[] stage : stages) {
            finite &= firstNotFinite(stage) < 0;
        }
        this.stages = stages;
        this.scale = after;
        return finite ? error : Double.POSITIVE_INFINITY;
    }

    /**
     * The component whose derivative differs most between the stages of the latest tried step, on the scale of its tolerance: the one that makes the steps short. Its
     * derivative at one time would not do, because a stiff component may hardly move.
     */
    int hardest() {
        int index = 0;
        double most = -1;
        for (int i = 0; i < scale.length; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] stage : stages) {
                low = Math.min(low, stage[i]);
                high = Math.max(high, stage[i]);
            }
            double spread =
                    (high - low) / (limits.absoluteTolerance() + limits.relativeTolerance() * Math.abs(scale[i]));
            if (spread > most) {
                most = spread;
                index = i;
            }
        }
        return index;
    }

    static int firstNotFinite(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void init(double start, double[] y, double end) {
        // Everything starts at zero: an object of this class serves one integration.
    }

    @Override
    public void handleStep(StepInterpolator step, boolean last) {
        accepted++;
        longest = Math.max(longest, step.getCurrentTime() - step.getPreviousTime());
        reached = step.getCurrentTime();
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return tried - accepted;
    }

    /** Longest accepted step in days. */
    double longest() {
        return longest;
    }

    /** End of the last accepted step in days after the start. */
    double reached() {
        return reached;
    }
}
