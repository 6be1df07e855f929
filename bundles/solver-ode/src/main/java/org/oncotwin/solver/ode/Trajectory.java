package org.oncotwin.solver.ode;

import java.util.List;
import org.oncotwin.api.solver.OdeTrajectory;

/** The steps of a solution, one after the other. Immutable. */
final class Trajectory implements OdeTrajectory {

    private final double start;
    private final double end;
    private final double[] last;
    private final List<DenseStep> steps;
    private final double[] days;

    Trajectory(double start, double end, double[] last, List<DenseStep> steps) {
        this.start = start;
        this.end = end;
        this.last = last.clone();
        this.steps = List.copyOf(steps);
        this.days = steps.stream().mapToDouble(DenseStep::day).toArray();
    }

    @Override
    public double start() {
        return start;
    }

    @Override
    public double end() {
        return end;
    }

    @Override
    public void at(double day, double[] state) {
        if (!(day >= start && day <= end)) {
            throw new IllegalArgumentException(
                    "day " + day + " is not within the solution from day " + start + " to day " + end);
        }
        if (state.length != last.length) {
            throw new IllegalArgumentException(
                    "an array of " + state.length + " for a state of " + last.length + " components");
        }
        double[] values = day == end ? last : steps.get(stepOf(day)).onDay(day);
        System.arraycopy(values, 0, state, 0, state.length);
    }

    /** The last step that starts at a day or before it: where the solution jumps, the one after the jump. */
    private int stepOf(double day) {
        int low = 0;
        int high = days.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (days[middle] <= day) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
