package org.oncotwin.solver.ode;

import java.util.List;
import java.util.Optional;

/**
 * Keeps components from becoming negative without touching the sums that the equations keep. Increments of a Runge-Kutta method are linear in the derivatives and keep such
 * sums, but clipping would not. So a step that ends below 0 is tried again at half the length, as positivity needs no more than short steps where a component decays. A
 * component that only just leaves 0 may be below it in any step, because the method multiplies a power of the Jacobian that the solution has no use for by a negative
 * number; if some halvings did not help, the result is mixed with that of some steps of Euler, positive and in keeping with the same sums, by just as much as lifts it to
 * 0, provided that this moves it by less than its allowed error. Of one leg.
 */
final class Positivity {

    private static final double SAFETY = 0.9;
    private static final int HALVINGS_BEFORE_MIXING = 4;
    private static final int MOST_EULER_STEPS = 64;
    /** Steps that do not grow after one that had to be halved; otherwise every step would be refused once. */
    private static final int CALM = 8;
    /** Undershoot of this many units of rounding is taken for 0. */
    private static final double ROUNDING = 8 * Math.ulp(1.0);

    private final int[] components;
    private final Derivatives derivatives;
    private final ErrorScale scale;
    private final Names names;
    /** What the library multiplies the step by half for, and by 1. */
    private final double errorForHalf;

    private final double errorForSame;
    private int refusals;
    private int calm;
    private boolean mixed;
    private Optional<String> refusal = Optional.empty();

    Positivity(List<Integer> components, int order, Derivatives derivatives, ErrorScale scale, Names names) {
        this.components = components.stream().mapToInt(Integer::intValue).toArray();
        this.derivatives = derivatives;
        this.scale = scale;
        this.names = names;
        this.errorForHalf = Math.pow(SAFETY / 0.5, order);
        this.errorForSame = Math.pow(SAFETY, order);
    }

    /**
     * Judges a step that is exact enough.
     *
     * @param error its error, below 1
     * @param start time at its start
     * @param after values after it, lifted to 0 where they are below it by rounding only, or mixed with those of Euler
     * @return an error by which the library takes the right next step: at least 1 if it must not be accepted
     */
    double judge(double error, double start, double step, double[][] stages, double[] before, double[] after) {
        mixed = false;
        int worst = worst(step, stages, before, after);
        if (worst < 0) {
            refusal = Optional.empty();
            return calm > 0 ? Math.max(error, errorForSame) : error;
        }
        refusal = Optional.of("at day " + derivatives.clock().day(start + step) + " " + names.of(worst) + " becomes "
                + after[worst] + " in a step of " + step + " d from " + before[worst]
                + ", and shall not be negative; its derivative before is " + stages[0][worst]);
        refusals++;
        if (refusals > HALVINGS_BEFORE_MIXING) {
            Optional<double[]> euler = euler(start, step, stages[0], before);
            derivatives.endTrial();
            if (euler.isPresent()) {
                double moved = error + mix(euler.get(), before, after);
                if (moved < 1) {
                    mixed = true;
                    refusal = Optional.empty();
                    return Math.max(moved, errorForSame);
                }
            }
        }
        return errorForHalf;
    }

    /** Lifts what is below 0 by rounding; the component furthest below 0 beyond that, or -1. */
    private int worst(double step, double[][] stages, double[] before, double[] after) {
        int worst = -1;
        for (int i : components) {
            if (after[i] < 0) {
                double size = before[i];
                for (double[] stage : stages) {
                    size = Math.max(size, step * Math.abs(stage[i]));
                }
                if (after[i] >= -ROUNDING * size) {
                    after[i] = 0;
                } else if (worst < 0 || after[i] < after[worst]) {
                    worst = i;
                }
            }
        }
        return worst;
    }

    private Optional<double[]> euler(double start, double step, double[] slopeBefore, double[] before) {
        for (int steps = 1; steps <= MOST_EULER_STEPS; steps *= 2) {
            double part = step / steps;
            double[] values = before.clone();
            double[] slope = slopeBefore.clone();
            boolean positive = true;
            for (int n = 0; n < steps && positive; n++) {
                if (n > 0) {
                    derivatives.computeDerivatives(start + n * part, values, slope);
                }
                for (int i = 0; i < values.length; i++) {
                    values[i] += part * slope[i];
                }
                positive = isPositive(values);
            }
            if (positive) {
                return Optional.of(values);
            }
        }
        return Optional.empty();
    }

    private boolean isPositive(double[] values) {
        for (int i : components) {
            if (!(values[i] >= 0)) {
                return false;
            }
        }
        return Names.firstNotFinite(values) < 0;
    }

    /** Mixes if that is within the allowed error; how far it moves the values in the measure of that. */
    private double mix(double[] euler, double[] before, double[] after) {
        double part = 0;
        for (int i : components) {
            if (after[i] < 0) {
                part = Math.max(part, after[i] / (after[i] - euler[i]));
            }
        }
        double[] difference = new double[after.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = part * (euler[i] - after[i]);
        }
        double moved = scale.norm(difference, before, after);
        if (moved < 1) {
            for (int i = 0; i < difference.length; i++) {
                after[i] += difference[i];
            }
            for (int i : components) {
                // Rounding only: the part was chosen so that none is below 0.
                after[i] = Math.max(after[i], 0);
            }
        }
        return moved;
    }

    /** The step that was judged last is accepted. */
    void accepted() {
        calm = refusals > 0 ? CALM : Math.max(calm - 1, 0);
        refusals = 0;
    }

    /** True if the step that was judged last is no longer what the method made of its stages. */
    boolean mixed() {
        return mixed;
    }

    /** Why the step that was judged last was refused. */
    Optional<String> refusal() {
        return refusal;
    }

    int[] components() {
        return components.clone();
    }
}
