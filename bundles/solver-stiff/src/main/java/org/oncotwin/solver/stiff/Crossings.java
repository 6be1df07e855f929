package org.oncotwin.solver.stiff;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.SolverException;

/** Watches the conditions of one problem, step after step. */
final class Crossings {

    /** Most crossings of one condition; a condition that is met more often chatters. */
    static final int MOST_CROSSINGS = 1000;

    /** Parameters of the search: Oliveira and Takahashi, ACM Trans. Math. Softw. 47 (2021) 5. */
    private static final double TRUNCATION = 0.2;

    /** Roots are not looked for more exactly than this part of a step. */
    private static final double SMALLEST_PART = 0x1p-50;

    private final List<OdeCondition> conditions;
    private final Equations equations;
    private final ConservedSums sums;
    /** Sign at the start of the step, 0 as long as none was seen. */
    private final int[] signs;

    private final double[] parts;
    private final double[] endValues;
    /** True if the condition acted where the latest search ended. */
    private final boolean[] acted;

    private final int[] counts;
    private final double[] state;
    private final double[] argument;
    private final double[] parameters;
    private final List<OdeCrossing> found = new ArrayList<>();

    Crossings(List<OdeCondition> conditions, Equations equations, ConservedSums sums, int dimension) {
        this.conditions = conditions;
        this.equations = equations;
        this.sums = sums;
        this.signs = new int[conditions.size()];
        this.parts = new double[conditions.size()];
        this.endValues = new double[conditions.size()];
        this.acted = new boolean[conditions.size()];
        this.counts = new int[conditions.size()];
        this.state = new double[dimension];
        this.argument = new double[dimension];
        this.parameters = new double[equations.parameters().length];
    }

    boolean isEmpty() {
        return conditions.isEmpty();
    }

    List<OdeCrossing> found() {
        return found;
    }

    OdeCondition condition(int number) {
        return conditions.get(number);
    }

    /** Value of a condition's function, which gets copies so that it can change nothing. */
    double value(int number, double day, double[] at, double[] with) {
        System.arraycopy(at, 0, argument, 0, argument.length);
        System.arraycopy(with, 0, parameters, 0, parameters.length);
        double value = conditions.get(number).function().value(day, argument, parameters);
        if (!Double.isFinite(value)) {
            throw new SolverException("at day " + day + " the condition '"
                    + conditions.get(number).name() + "' has the value " + value);
        }
        return value;
    }

    /** Begins anew at a state. A function that is 0 there, or whose condition has just acted, has the sign that it takes a moment later. */
    void startAnew(double day, double[] at) {
        for (int c = 0; c < signs.length; c++) {
            double value = value(c, day, at, equations.parameters());
            signs[c] = acted[c] ? 0 : (int) Math.signum(value);
            acted[c] = false;
        }
    }

    /**
     * Looks for crossings in the latest step and lists those up to the first that acts.
     *
     * @return the part of the step after which a condition acts, or NaN if none does
     */
    double search(double sinceStart, double length, Step step) {
        double acts = Double.NaN;
        for (int c = 0; c < signs.length; c++) {
            parts[c] = Double.NaN;
            double from = signs[c] == 0 ? signAMomentLater(c, sinceStart, length, step) : 0;
            int before = signs[c];
            endValues[c] = value(c, equations.day(sinceStart + length), step.end, equations.parameters());
            int sign = (int) Math.signum(endValues[c]);
            if (before == 0) {
                continue;
            }
            signs[c] = sign;
            if (sign != before && counts(c, -before)) {
                parts[c] = root(c, before, from, sinceStart, length, step);
                if (acts(c) && !(parts[c] >= acts)) {
                    acts = parts[c];
                }
            }
        }
        list(sinceStart, length, acts);
        for (int c = 0; c < signs.length; c++) {
            acted[c] = actsAt(c, acts);
        }
        return acts;
    }

    /** Finds the sign of a function that was 0, as soon after the start of the step as its time could be told from another; returns that part of the step. */
    private double signAMomentLater(int c, double sinceStart, double length, Step step) {
        double part = 2 * conditions.get(c).tolerance() / length;
        if (part < 1) {
            signs[c] = (int) Math.signum(valueWithin(c, part, sinceStart, length, step));
        }
        return part;
    }

    private double valueWithin(int c, double part, double sinceStart, double length, Step step) {
        step.at(part, state);
        sums.restoreBetween(state, part, step.start, step.end);
        return value(c, equations.day(sinceStart + part * length), state, equations.parameters());
    }

    private boolean counts(int c, int newSign) {
        return switch (conditions.get(c).crossing()) {
            case RISING -> newSign > 0;
            case FALLING -> newSign < 0;
            case EITHER -> true;
        };
    }

    private boolean acts(int c) {
        return conditions.get(c).ends() || conditions.get(c).change().isPresent();
    }

    /** True if a condition acts at the part of the step that the latest search returned. */
    boolean actsAt(int c, double part) {
        return acts(c) && parts[c] == part;
    }

    int size() {
        return signs.length;
    }

    /** Lists what was crossed, in the order of time and then of the problem. */
    private void list(double sinceStart, double length, double until) {
        double last = -1;
        while (true) {
            double next = Double.POSITIVE_INFINITY;
            for (double part : parts) {
                if (part > last && part < next) {
                    next = part;
                }
            }
            if (next == Double.POSITIVE_INFINITY || next > until) {
                return;
            }
            for (int c = 0; c < parts.length; c++) {
                if (parts[c] == next) {
                    add(c, equations.day(sinceStart + next * length));
                }
            }
            last = next;
        }
    }

    private void add(int c, double day) {
        counts[c]++;
        if (counts[c] > MOST_CROSSINGS) {
            throw new SolverException("at day " + day + " the condition '"
                    + conditions.get(c).name() + "' is met for the " + counts[c] + "th time; allowed are "
                    + MOST_CROSSINGS + ". It probably chatters: its change brings the state back to where it is met");
        }
        found.add(new OdeCrossing(conditions.get(c).name(), day));
    }

    /** The part of the step at which the function has left its old sign, at most the tolerance after it did. */
    private double root(int c, int oldSign, double from, double sinceStart, double length, Step step) {
        double low = from;
        double lowValue = from == 0
                ? value(c, equations.day(sinceStart), step.start, equations.parameters())
                : valueWithin(c, from, sinceStart, length, step);
        double high = 1;
        double highValue = endValues[c];
        double half = Math.max(SMALLEST_PART, 0.5 * conditions.get(c).tolerance() / length);
        double radius = half;
        while (radius < high - low) {
            radius *= 2;
        }
        while (high - low > 2 * half) {
            double middle = 0.5 * (low + high);
            double part = next(low, lowValue, high, highValue, middle, radius);
            radius *= 0.5;
            if (!(part > low && part < high)) {
                part = middle;
                if (!(part > low && part < high)) {
                    break;
                }
            }
            double value = valueWithin(c, part, sinceStart, length, step);
            if (Math.signum(value) == oldSign) {
                low = part;
                lowValue = value;
            } else {
                high = part;
                highValue = value;
            }
        }
        return high;
    }

    /** Interpolates, truncates and projects, which needs no more steps than bisection and few where the function is smooth. */
    private static double next(
            double low, double lowValue, double high, double highValue, double middle, double radius) {
        double straight = (highValue * low - lowValue * high) / (highValue - lowValue);
        double side = Math.signum(middle - straight);
        double shift = TRUNCATION * (high - low) * (high - low);
        double truncated = shift <= Math.abs(middle - straight) ? straight + side * shift : middle;
        double reach = radius - 0.5 * (high - low);
        return Math.abs(truncated - middle) <= reach ? truncated : middle - side * reach;
    }
}
