package org.oncotwin.solver.linear;

import java.util.List;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.twin.Cancellation;

/** The exact solution of each segment, from the state at its start. */
final class LinearTrajectory implements OdeTrajectory {

    private final List<Segment> segments;
    private final double end;
    private final NonNegative nonNegative;

    /** The segments in the order of time. */
    LinearTrajectory(List<Segment> segments, double end, NonNegative nonNegative) {
        this.segments = List.copyOf(segments);
        this.end = end;
        this.nonNegative = nonNegative;
    }

    /**
     * A segment.
     *
     * @param start first day
     * @param origin day of the event from which its time is counted
     * @param offset its start in days since then
     * @param length in days
     * @param state at the start
     * @param coefficients of the equations
     */
    record Segment(
            double start, double origin, double offset, double length, double[] state, Coefficients coefficients) {

        /** Time since its start. */
        double since(double day) {
            return Math.min(Math.max(day - origin - offset, 0), length);
        }
    }

    @Override
    public double start() {
        return segments.get(0).start();
    }

    @Override
    public double end() {
        return end;
    }

    @Override
    public void at(double day, double[] state) {
        if (!(day >= start() && day <= end)) {
            throw new IllegalArgumentException(
                    "day " + day + " is not within the solution from day " + start() + " to day " + end);
        }
        int first = 0;
        int last = segments.size() - 1;
        while (first < last) {
            int middle = (first + last + 1) >>> 1;
            if (segments.get(middle).start() <= day) {
                first = middle;
            } else {
                last = middle - 1;
            }
        }
        Segment segment = segments.get(first);
        double since = segment.since(day);
        if (since == 0) {
            System.arraycopy(segment.state(), 0, state, 0, segment.state().length);
            return;
        }
        Transitions.reuse(null, segment.state().length, 0, Cancellation.NEVER)
                .over(segment.coefficients(), since, false)
                .apply(segment.state(), state);
        nonNegative.settle(day, state);
    }
}
