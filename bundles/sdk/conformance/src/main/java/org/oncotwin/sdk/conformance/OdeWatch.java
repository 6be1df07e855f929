package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCondition.Crossing;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.SolverException;

/** Watches the conditions of a problem from step to step: finds by bisection of the step's polynomial where the sign of their functions changes. */
final class OdeWatch {

    /** More crossings of one condition than this are chattering. */
    private static final int MOST_CROSSINGS = 1000;

    private final OdeVariations equations;
    private final List<OdeCondition> conditions;
    private final double[] values;
    private final int[] counts;
    private final List<OdeCrossing> crossings = new ArrayList<>();

    OdeWatch(OdeVariations equations, List<OdeCondition> conditions) {
        this.equations = equations;
        this.conditions = conditions;
        this.values = new double[conditions.size()];
        this.counts = new int[conditions.size()];
    }

    /** A condition that is met within a step, some days after the origin of the step. */
    record Met(int number, double elapsed) {}

    List<OdeCrossing> crossings() {
        return crossings;
    }

    OdeCondition condition(Met met) {
        return conditions.get(met.number());
    }

    /**
     * Starts anew.
     *
     * @param fired conditions that made the change there: they do not fire at once, whatever rounding leaves of their functions
     */
    void begin(double day, double[] z, List<Met> fired) {
        for (int n = 0; n < values.length; n++) {
            values[n] = equations.value(conditions.get(n), day, z);
        }
        fired.forEach(met -> values[met.number()] = 0);
    }

    /** What is met within a step, in the order of time. */
    List<Met> step(OdePiece piece, double origin, double start, double end) {
        List<Met> met = new ArrayList<>();
        for (int n = 0; n < values.length; n++) {
            OdeCondition condition = conditions.get(n);
            double from = start;
            double before = values[n];
            if (before == 0 && start + 2 * condition.tolerance() < end) {
                // Where it starts at 0, its sign is that a moment later.
                from = start + 2 * condition.tolerance();
                before = value(condition, piece, origin, from);
            }
            values[n] = value(condition, piece, origin, end);
            boolean rises = before < 0 && values[n] >= 0;
            boolean falls = before > 0 && values[n] <= 0;
            if (rises && condition.crossing() != Crossing.FALLING || falls && condition.crossing() != Crossing.RISING) {
                met.add(new Met(n, bisect(condition, piece, origin, from, end, rises)));
            }
        }
        met.sort(Comparator.comparingDouble(Met::elapsed));
        return met;
    }

    void count(Met met, double day) {
        crossings.add(new OdeCrossing(condition(met).name(), day));
        if (++counts[met.number()] > MOST_CROSSINGS) {
            throw new SolverException("condition '" + condition(met).name() + "' was met more than " + MOST_CROSSINGS
                    + " times until day " + day + ": its change must lead away from it");
        }
    }

    private double bisect(
            OdeCondition condition, OdePiece piece, double origin, double from, double to, boolean rises) {
        double low = from;
        double high = to;
        while (high - low > condition.tolerance()) {
            double middle = low + (high - low) / 2;
            if (middle == low || middle == high) {
                break;
            }
            double value = value(condition, piece, origin, middle);
            if (rises ? value >= 0 : value <= 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double value(OdeCondition condition, OdePiece piece, double origin, double elapsed) {
        return equations.value(condition, origin + elapsed, piece.atElapsed(elapsed));
    }
}
