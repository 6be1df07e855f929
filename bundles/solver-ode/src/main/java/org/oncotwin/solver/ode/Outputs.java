package org.oncotwin.solver.ode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeTrajectory;

/** Collects what is wanted of a solution besides its end. Of one solution. */
final class Outputs {

    private final double[] days;
    private final boolean continuous;
    private final int dimension;
    private final int directions;
    private final List<double[]> values = new ArrayList<>();
    private final List<DenseStep> steps = new ArrayList<>();

    Outputs(OdeProblem problem) {
        this.days = problem.outputs();
        this.continuous = problem.continuous();
        this.dimension = problem.system().dimension();
        this.directions = problem.directions().size();
    }

    /**
     * Takes a step, or its first part.
     *
     * @param until time since the start of the leg where it ends; an output there waits for what happens
     */
    void step(Clock clock, double until, Supplier<DenseStep> step) {
        while (values.size() < days.length) {
            double day = days[values.size()];
            if (!(clock.contains(day) && clock.since(day) < until)) {
                break;
            }
            values.add(step.get().onDay(day));
        }
        if (continuous) {
            steps.add(step.get().ofState());
        }
    }

    /** A segment is over; outputs that rounding left over get its last values. */
    void endSegment(Clock clock, double[] last) {
        while (values.size() < days.length && clock.contains(days[values.size()])) {
            values.add(last.clone());
        }
    }

    /** The solution ends on a day. */
    void end(double day, double[] last) {
        while (values.size() < days.length && days[values.size()] <= day) {
            values.add(last.clone());
        }
    }

    double[][] states() {
        return values.stream().map(all -> Arrays.copyOf(all, dimension)).toArray(double[][]::new);
    }

    double[][][] derivatives() {
        double[][][] derivatives = new double[values.size()][directions][];
        for (int n = 0; n < derivatives.length; n++) {
            for (int d = 0; d < directions; d++) {
                derivatives[n][d] = Situation.derivative(values.get(n), dimension, d);
            }
        }
        return derivatives;
    }

    Optional<OdeTrajectory> trajectory(double start, double end, double[] last) {
        return continuous ? Optional.of(new Trajectory(start, end, last, steps)) : Optional.empty();
    }
}
