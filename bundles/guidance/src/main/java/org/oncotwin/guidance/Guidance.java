package org.oncotwin.guidance;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.special.Erf;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.guidance.Reading.Distance;
import org.oncotwin.guidance.Reading.Tracking;

/**
 * Follows the tip of a tracked instrument: its distance from a tumour and from organs at risk, and how sure that is. The error of registration at the tip is taken as the same in all directions, so that a distance has a standard deviation
 * of TRE / sqrt(3); the tracker's own error and the shift of tissue since the image are not in it. For one thread.
 */
public final class Guidance {

    private static final double MILLIMETRES = 1000;

    private final RigidRegistration registration;
    private final List<Structure> structures;
    private final List<SurfaceDistance.Query> queries;
    private final Limits limits;
    private TrackedTip last;

    /**
     * What is still to be relied on, and when to warn.
     *
     * @param fastest fastest that an instrument moves in mm/s, above 0
     * @param longestGap longest time between two samples in s, above 0
     * @param alertProbability probability of being within a margin from which on somebody is warned, above 0 and below 1
     */
    public record Limits(double fastest, double longestGap, double alertProbability) {

        /** 1 m/s, a tenth of a second, and 5 %. */
        public static final Limits DEFAULT = new Limits(1000, 0.1, 0.05);

        /**
         * Checks the ranges.
         *
         * @throws InvalidInputException naming the limit and what is allowed
         */
        public Limits {
            require("fastest", fastest > 0 && fastest < 1e6, fastest, "above 0 and below 1e6 mm/s");
            require("longest-gap", longestGap > 0 && longestGap < 3600, longestGap, "above 0 and below 3600 s");
            require(
                    "alert-probability",
                    alertProbability > 0 && alertProbability < 1,
                    alertProbability,
                    "above 0 and below 1");
        }

        private static void require(String name, boolean allowed, double value, String words) {
            if (!allowed) {
                throw new InvalidInputException(name, value + " is not allowed; allowed is " + words);
            }
        }
    }

    /**
     * Begins.
     *
     * @param registration from the frame of the tracker to that of the image, both in mm
     * @param structures what to measure from
     * @throws IllegalArgumentException if a surface is not closed
     */
    public Guidance(RigidRegistration registration, List<Structure> structures, Limits limits) {
        this.registration = registration;
        this.structures = List.copyOf(structures);
        this.limits = limits;
        queries = structures.stream()
                .map(structure -> new SurfaceDistance(structure.surface()).query())
                .toList();
    }

    /** What is to be said of the next sample. */
    public Reading read(TrackedTip tip) {
        Tracking tracking = tracking(tip);
        if (Double.isFinite(tip.seconds()) && tracking != Tracking.LOST) {
            last = tip;
        }
        if (tracking != Tracking.TRACKED) {
            return new Reading(tip.seconds(), tracking, List.of());
        }
        double x = registration.toImage(0, tip.x(), tip.y(), tip.z());
        double y = registration.toImage(1, tip.x(), tip.y(), tip.z());
        double z = registration.toImage(2, tip.x(), tip.y(), tip.z());
        double deviation = registration.targetRegistrationError(x, y, z) / Math.sqrt(3);
        List<Distance> distances = new ArrayList<>(structures.size());
        for (int n = 0; n < structures.size(); n++) {
            double distance = MILLIMETRES * queries.get(n).distance(x / MILLIMETRES, y / MILLIMETRES, z / MILLIMETRES);
            double within = probabilityBelow(structures.get(n).margin(), distance, deviation);
            distances.add(new Distance(
                    structures.get(n).name(), distance, deviation, within, within >= limits.alertProbability()));
        }
        return new Reading(tip.seconds(), tracking, distances);
    }

    /** What to say if no sample came: the time since the last one was too long. */
    public Reading missing(double seconds) {
        return new Reading(seconds, Tracking.STALE, List.of());
    }

    private Tracking tracking(TrackedTip tip) {
        if (!tip.visible() || !Double.isFinite(tip.x()) || !Double.isFinite(tip.y()) || !Double.isFinite(tip.z())) {
            return Tracking.LOST;
        }
        if (!Double.isFinite(tip.seconds())) {
            return Tracking.STALE;
        }
        if (last == null) {
            return Tracking.TRACKED;
        }
        double gap = tip.seconds() - last.seconds();
        if (!(gap > 0) || gap > limits.longestGap()) {
            return Tracking.STALE;
        }
        double moved = Math.sqrt((tip.x() - last.x()) * (tip.x() - last.x())
                + (tip.y() - last.y()) * (tip.y() - last.y())
                + (tip.z() - last.z()) * (tip.z() - last.z()));
        return moved > limits.fastest() * gap ? Tracking.JUMP : Tracking.TRACKED;
    }

    /** Of a normal distribution; without deviation either 0 or 1. */
    private static double probabilityBelow(double margin, double distance, double deviation) {
        if (deviation == 0) {
            return distance < margin ? 1 : 0;
        }
        return 0.5 * Erf.erfc((distance - margin) / (deviation * Math.sqrt(2)));
    }
}
