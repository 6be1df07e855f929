package org.oncotwin.guidance;

import java.util.List;

/**
 * What guidance says of a sample.
 *
 * @param seconds time of the sample on the clock of the tracker in s
 * @param tracking whether the place of the tip can be relied on
 * @param distances distance from each structure, in the order in which they were given; empty unless the tip is tracked
 */
public record Reading(double seconds, Tracking tracking, List<Distance> distances) {

    /** Makes the list immutable. */
    public Reading {
        distances = List.copyOf(distances);
    }

    /** True if somebody is to be warned: of a distance, or that there is none to be relied on. */
    public boolean isAlert() {
        return tracking != Tracking.TRACKED || distances.stream().anyMatch(Distance::isAlert);
    }

    /** Whether the place of the tip can be relied on. */
    public enum Tracking {
        /** It can. */
        TRACKED,
        /** The tracker says that it has lost sight of the instrument, or gives a place that is not finite. */
        LOST,
        /** The tip moved faster than an instrument does. */
        JUMP,
        /** Time does not go on, or went on too far between two samples. */
        STALE
    }

    /**
     * Distance from a structure.
     *
     * @param structure its name
     * @param millimetres from the tip to its surface, negative inside
     * @param standardDeviation of that distance in mm, from the error of registration at the tip
     * @param withinMargin probability that the true distance is less than the margin, 0 to 1
     * @param isAlert true if that probability is as high as somebody is to be warned of
     */
    public record Distance(
            String structure, double millimetres, double standardDeviation, double withinMargin, boolean isAlert) {}
}
