package org.oncotwin.solver.ode;

import org.oncotwin.api.twin.Interval;

/**
 * Time within one leg. The library compares times relative to their size; counted from the start of the leg, a millisecond is as good on day 10000 as on day 0.
 *
 * @param segment from one event to the next
 * @param offset start of the leg in days after the start of the segment, above 0 only after a condition changed the state
 */
record Clock(Interval segment, double offset) {

    static Clock at(Interval segment) {
        return new Clock(segment, 0);
    }

    /** Days from the start of the leg to the end of the segment. */
    double days() {
        return segment.days() - offset;
    }

    /** Time in days since day 0, never after the end of the segment, whatever rounding does. */
    double day(double sinceStart) {
        return Math.min(
                segment.start().days() + (offset + sinceStart), segment.end().days());
    }

    /** Days from the start of the leg to a day. */
    double since(double day) {
        return day - segment.start().days() - offset;
    }

    /** True if a day comes before the end of the segment, where the next event acts. */
    boolean contains(double day) {
        return day < segment.end().days();
    }

    Clock later(double days) {
        return new Clock(segment, offset + days);
    }
}
