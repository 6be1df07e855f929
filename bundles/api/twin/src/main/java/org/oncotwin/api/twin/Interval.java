package org.oncotwin.api.twin;

/**
 * The time from one instant to a later one.
 *
 * @param start first instant
 * @param end last instant, after {@code start}
 */
public record Interval(SimulationTime start, SimulationTime end) {

    /** Checks that the interval has a positive length. */
    public Interval {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "an interval must end after its start, not from " + start + " to " + end);
        }
    }

    /** Length in days, computed from whole milliseconds. */
    public double days() {
        return (double) (end.milliseconds() - start.milliseconds()) / SimulationTime.MILLISECONDS_PER_DAY;
    }

    /** True if the instant is at the start, at the end or between them. */
    public boolean contains(SimulationTime instant) {
        return !instant.isBefore(start) && !instant.isAfter(end);
    }
}
