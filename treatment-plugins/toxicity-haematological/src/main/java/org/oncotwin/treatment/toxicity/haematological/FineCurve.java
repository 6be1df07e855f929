package org.oncotwin.treatment.toxicity.haematological;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.TimeFunction;

/** A smooth function as a curve that is fine enough to be graded: linear interpolation is off by a ten-thousandth of the value before treatment at most, as far as the middles of pieces show. */
final class FineCurve {

    /** Error of a curve relative to its value before treatment. */
    static final double TOLERANCE = 1e-4;

    private static final int DEPTH = 10;

    private final TimeFunction function;
    private final double factor;
    private final List<Double> days = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    private FineCurve(TimeFunction function, double factor) {
        this.function = function;
        this.factor = factor;
    }

    /** The function, which is 1 before treatment, times a factor. */
    static Curve of(String name, String title, String unit, TimeFunction function, double factor, Interval interval) {
        FineCurve curve = new FineCurve(function, factor);
        double from = interval.start().days();
        double to = interval.end().days();
        curve.add(from, 1);
        if (function.isConstant(1)) {
            curve.add(to, 1);
        } else {
            TreeSet<Double> cuts = new TreeSet<>(List.of(from, to));
            for (double jump : function.jumps(from, to)) {
                cuts.add(jump);
            }
            int pieces = (int) Math.min(4000, Math.ceil(2 * (to - from)));
            for (int piece = 1; piece < pieces; piece++) {
                cuts.add(from + (to - from) * piece / pieces);
            }
            double start = cuts.pollFirst();
            for (double end : cuts) {
                curve.refine(start, curve.value(start), end, curve.value(end), 0);
                start = end;
            }
        }
        return new Curve(name, title, unit, curve.days, curve.values);
    }

    /** Polynomials may dip below 0 in their last digits where nothing is left. */
    private double value(double day) {
        return Math.max(0, function.at(day));
    }

    private void add(double day, double value) {
        days.add(day);
        values.add(value * factor);
    }

    private void refine(double start, double first, double end, double last, int depth) {
        double middle = start + (end - start) / 2;
        double there = value(middle);
        if (depth < DEPTH && Math.abs(there - (first + last) / 2) > TOLERANCE) {
            refine(start, first, middle, there, depth + 1);
            refine(middle, there, end, last, depth + 1);
        } else {
            add(end, last);
        }
    }
}
