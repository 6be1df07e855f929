package org.oncotwin.solver.ode;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.commons.math3.ode.sampling.AbstractStepInterpolator;

/**
 * Judges the steps that the library tries and takes those that it accepts: refuses those in which a number is not finite or a component falls below what it may be, so that
 * the integrator tries a shorter one, and stops it where a condition acts or nothing moves any more. Of one leg.
 */
final class Steps {

    /** First step, as a part of the longest, where the library's guess is not a number. */
    private static final double CAUTIOUS_PART = 1e-6;

    private final Method method;
    private final StepLimits limits;
    private final Derivatives derivatives;
    private final Situation start;
    private final Positivity positivity;
    private final Stiffness stiffness;
    private final Watch watch;
    private final Outputs outputs;
    private final Effort effort;
    private final OptionalDouble steadyState;
    /** Values at the end of the last accepted step. */
    private double[] before;

    private double reached;
    private double lastTried;
    private List<Crossing> acting = List.of();
    private double[] stopped;
    private boolean steady;
    /** Arrays of the integrator, which hold the latest tried step. */
    private double[][] stages = {};

    private double[] after = {};

    /**
     * Steps of a leg.
     *
     * @param steadyState rate per day below which the solution ends, present only if no event is to come
     */
    Steps(
            Method method,
            StepLimits limits,
            Derivatives derivatives,
            Situation start,
            Positivity positivity,
            Stiffness stiffness,
            Watch watch,
            Outputs outputs,
            Effort effort,
            OptionalDouble steadyState) {
        this.method = method;
        this.limits = limits;
        this.derivatives = derivatives;
        this.start = start;
        this.positivity = positivity;
        this.stiffness = stiffness;
        this.watch = watch;
        this.outputs = outputs;
        this.effort = effort;
        this.steadyState = steadyState;
        this.before = start.values().clone();
    }

    /** The length of the first step, which the library guesses from a trial of its own. */
    double first(double guess) {
        derivatives.endTrial();
        return Double.isFinite(guess) ? guess : CAUTIOUS_PART * limits.longest();
    }

    /** The error of a tried step, at least 1 if it must not be accepted. */
    double judge(double error, double[][] triedStages, double[] from, double[] to, double step) {
        effort.tried();
        derivatives.endTrial();
        stages = triedStages;
        after = to;
        lastTried = step;
        boolean finite = !Double.isNaN(error) && Names.firstNotFinite(to) < 0;
        for (double[] stage : stages) {
            finite &= Names.firstNotFinite(stage) < 0;
        }
        if (!finite) {
            return Double.POSITIVE_INFINITY;
        }
        double ofAll = error * limits.scale().blocks();
        if (ofAll >= 1) {
            return ofAll;
        }
        stiffness.measure(step, limits.scale(), stages, derivatives.argumentBefore(), to);
        return positivity.judge(ofAll, reached, step, stages, from, to);
    }

    /**
     * Takes an accepted step.
     *
     * @param slope derivatives after it, written anew if the step is not what the method made of its stages
     * @return false to stop here
     */
    boolean accept(AbstractStepInterpolator step, double[] to, double[] slope) {
        double begin = step.getGlobalPreviousTime();
        double end = step.getGlobalCurrentTime();
        if (positivity.mixed()) {
            derivatives.computeDerivatives(end, to, slope);
            derivatives.endTrial();
        }
        positivity.accepted();
        effort.accepted(lastTried);
        stiffness.accepted(lastTried, derivatives.clock().day(end), effort.accepted());
        Supplier<DenseStep> dense = new Interpolation(step, begin, end, to, slope, positivity.mixed());
        acting = watch.step(derivatives.clock(), start, begin, end, to, dense);
        double until = acting.isEmpty() ? end : acting.get(0).time();
        outputs.step(derivatives.clock(), until, dense);
        stopped = acting.isEmpty() || until == end ? to.clone() : dense.get().at(until);
        before = to.clone();
        reached = end;
        steady = acting.isEmpty() && steadyState.isPresent() && isSteady(steadyState.getAsDouble(), to, slope);
        return acting.isEmpty() && !steady;
    }

    private boolean isSteady(double rate, double[] to, double[] slope) {
        for (int i = 0; i < start.dimension(); i++) {
            if (!(Math.abs(slope[i]) <= rate * (Math.abs(to[i]) + limits.scale().floor(i)))) {
                return false;
            }
        }
        return true;
    }

    /** The dense output of the step at hand, made when it is first asked for. */
    private final class Interpolation implements Supplier<DenseStep> {

        private final AbstractStepInterpolator step;
        private final double begin;
        private final double end;
        private final double[] to;
        private final double[] slope;
        private final boolean mixed;
        private DenseStep made;

        Interpolation(
                AbstractStepInterpolator step, double begin, double end, double[] to, double[] slope, boolean mixed) {
            this.step = step;
            this.begin = begin;
            this.end = end;
            this.to = to;
            this.slope = slope;
            this.mixed = mixed;
        }

        @Override
        public DenseStep get() {
            if (made == null) {
                int[] nonNegative = positivity.components();
                Clock clock = derivatives.clock();
                int dimension = start.dimension();
                if (!mixed) {
                    derivatives.beginOutput();
                    made = DenseStep.of(step, method.denseDegree(), clock, before, to, dimension, nonNegative);
                    derivatives.endOutput();
                }
                if (mixed || !made.isFinite()) {
                    made = DenseStep.cubic(
                            clock, begin, end - begin, before, stages[0], to, slope, dimension, nonNegative);
                }
            }
            return made;
        }
    }

    /** What stopped the integrator, if conditions did. */
    List<Crossing> acting() {
        return acting;
    }

    /** True if the integrator stopped because nothing moves any more. */
    boolean steady() {
        return steady;
    }

    /** Values where the last accepted step ended or was stopped. */
    double[] stopped() {
        return stopped;
    }

    /** End of the last accepted step in days after the start of the leg. */
    double reached() {
        return reached;
    }

    /** Length of the step that was tried last. */
    double lastTried() {
        return lastTried;
    }

    /** A value at the end of the last accepted step. */
    double value(int index) {
        return before[index];
    }

    StepLimits limits() {
        return limits;
    }

    /**
     * The value whose derivative differs most between the stages of the latest tried step, on the scale of its tolerance: the one that makes the steps short. Its
     * derivative at one time would not do, because a stiff component may hardly move.
     */
    int hardest() {
        int index = 0;
        double most = -1;
        double[] allowed = after.length == 0 ? after : limits.scale().at(after);
        for (int i = 0; i < allowed.length; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] stage : stages) {
                low = Math.min(low, stage[i]);
                high = Math.max(high, stage[i]);
            }
            double spread = (high - low) / allowed[i];
            if (spread > most) {
                most = spread;
                index = i;
            }
        }
        return index;
    }
}
