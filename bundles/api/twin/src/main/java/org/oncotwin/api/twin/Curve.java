package org.oncotwin.api.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Something over time, as it is plotted and written: linear between its points.
 *
 * @param name lower-case words joined by dots or hyphens, such as {@code temozolomide.plasma}
 * @param title a few words for people
 * @param unit UCUM unit of the values
 * @param days days since day 0, not descending; a day that stands twice is a jump
 * @param values a finite value for each day
 */
public record Curve(String name, String title, String unit, List<Double> days, List<Double> values) {

    private static final int MOST_POINTS = 20_000;
    /** A peak that follows a jump is looked for down to the 2^-30th part of what follows. */
    private static final int PROBES = 30;

    /** Checks the points and makes the lists immutable. */
    public Curve {
        days = List.copyOf(days);
        values = List.copyOf(values);
        if (days.isEmpty() || days.size() != values.size()) {
            throw new IllegalArgumentException(name + " has " + values.size() + " values for " + days.size() + " days");
        }
        for (int i = 0; i < days.size(); i++) {
            if (!Double.isFinite(values.get(i)) || i > 0 && days.get(i) < days.get(i - 1)) {
                throw new IllegalArgumentException(
                        name + " has value " + values.get(i) + " on day " + days.get(i) + ", point " + i);
            }
        }
    }

    /**
     * A function over an interval, with as many points as it takes to see it: linear interpolation is off by a thousandth of its largest value at most, as far as probes at quarters of a piece show, unless it takes more than
     * 20,000 points.
     */
    public static Curve of(String name, String title, String unit, TimeFunction function, Interval interval) {
        double from = interval.start().days();
        double to = interval.end().days();
        List<Double> ends = new ArrayList<>();
        ends.add(from);
        for (double jump : function.jumps(from, to)) {
            ends.add(jump);
        }
        ends.add(to);
        double largest = largest(function, ends);
        List<Double> days = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int piece = 1; piece < ends.size(); piece++) {
            double start = ends.get(piece - 1);
            double end = ends.get(piece);
            double before = piece == ends.size() - 1 ? end : Math.nextDown(end);
            add(days, values, start, function.at(start));
            refine(function, start, before, largest * 1e-3, days, values, 0, true);
            add(days, values, end, function.at(before));
        }
        return new Curve(name, title, unit, days, values);
    }

    private static void add(List<Double> days, List<Double> values, double day, double value) {
        days.add(day);
        values.add(value);
    }

    private static double largest(TimeFunction function, List<Double> ends) {
        double largest = 0;
        for (int piece = 1; piece < ends.size(); piece++) {
            double start = ends.get(piece - 1);
            double length = ends.get(piece) - start;
            for (double part = 0; part < 1; part += 0.0625) {
                largest = Math.max(largest, Math.abs(function.at(start + part * length)));
            }
            for (int probe = 5; probe <= PROBES; probe++) {
                largest = Math.max(largest, Math.abs(function.at(start + Math.scalb(length, -probe))));
            }
        }
        return largest;
    }

    private static void refine(
            TimeFunction function,
            double start,
            double end,
            double tolerance,
            List<Double> days,
            List<Double> values,
            int depth,
            boolean afterJump) {
        if (depth >= 34 || days.size() >= MOST_POINTS || !(tolerance > 0)) {
            return;
        }
        double first = function.at(start);
        double last = function.at(end);
        double middle = start + (end - start) / 2;
        double there = function.at(middle);
        boolean seen = Math.abs(there - (first + last) / 2) <= tolerance;
        for (double part : new double[] {0.25, 0.75}) {
            double probe = function.at(start + part * (end - start));
            seen &= Math.abs(probe - (first + part * (last - first))) <= tolerance;
        }
        for (int probe = 3; seen && afterJump && probe <= PROBES; probe++) {
            double part = Math.scalb(1.0, -probe);
            double value = function.at(start + part * (end - start));
            seen = Math.abs(value - (first + part * (last - first))) <= tolerance;
        }
        if (seen && depth >= 2) {
            return;
        }
        refine(function, start, middle, tolerance, days, values, depth + 1, afterJump);
        add(days, values, middle, there);
        refine(function, middle, end, tolerance, days, values, depth + 1, false);
    }

    /** Value at a time, interpolated linearly, after a jump; beyond the ends that of the nearest end. */
    public double at(double day) {
        int place = Collections.binarySearch(days, day);
        if (place >= 0) {
            int last = place;
            while (last + 1 < days.size() && days.get(last + 1) == day) {
                last++;
            }
            return values.get(last);
        }
        int after = -place - 1;
        if (after == 0) {
            return values.get(0);
        }
        if (after == days.size()) {
            return values.get(after - 1);
        }
        double start = days.get(after - 1);
        double part = (day - start) / (days.get(after) - start);
        return values.get(after - 1) + part * (values.get(after) - values.get(after - 1));
    }
}
