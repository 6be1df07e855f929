package org.oncotwin.api.twin;

/**
 * An instant of simulated time: whole milliseconds since the start of day 0. Two events are at the same instant or they are not;
 * a floating-point day could not tell. Files and people use days ({@link #days()}), calendar dates exist only at the edge.
 *
 * @param milliseconds milliseconds since the start of day 0; negative before it
 */
public record SimulationTime(long milliseconds) implements Comparable<SimulationTime> {

    /** Milliseconds in one day. */
    public static final long MILLISECONDS_PER_DAY = 86_400_000L;

    /** The start of day 0. */
    public static final SimulationTime ZERO = new SimulationTime(0);

    /** Longest time from day 0 that is accepted, in days: 1000 years. Keeps every sum of times far from overflow. */
    public static final double LARGEST_DAY = 365_250;

    /**
     * The instant nearest to a time in days.
     *
     * @param days finite, at most {@link #LARGEST_DAY} in magnitude
     * @throws IllegalArgumentException if it is not
     */
    public static SimulationTime ofDays(double days) {
        if (!(Math.abs(days) <= LARGEST_DAY)) {
            throw new IllegalArgumentException("a time of " + days + " d is not within " + LARGEST_DAY + " d of day 0");
        }
        return new SimulationTime(Math.round(days * MILLISECONDS_PER_DAY));
    }

    /** This instant in days since day 0. */
    public double days() {
        return (double) milliseconds / MILLISECONDS_PER_DAY;
    }

    /** The instant this many milliseconds later. */
    public SimulationTime plusMilliseconds(long later) {
        return new SimulationTime(Math.addExact(milliseconds, later));
    }

    /** True if this instant is before the other. */
    public boolean isBefore(SimulationTime other) {
        return milliseconds < other.milliseconds;
    }

    /** True if this instant is after the other. */
    public boolean isAfter(SimulationTime other) {
        return milliseconds > other.milliseconds;
    }

    @Override
    public int compareTo(SimulationTime other) {
        return Long.compare(milliseconds, other.milliseconds);
    }

    @Override
    public String toString() {
        return "day " + days();
    }
}
