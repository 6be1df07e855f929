package org.oncotwin.sdk.conformance;

import java.util.OptionalDouble;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** Makes a {@link RunContext} for tests: seed 1, no longest step. */
public final class TestContext {

    /** Relative tolerance asked of solvers unless a test says otherwise. */
    public static final double RELATIVE_TOLERANCE = 1e-9;

    /** From the start of the run to its end unless a test says otherwise: a year. */
    public static final Interval HORIZON = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(365));

    private TestContext() {}

    /** A run over {@link #HORIZON} that nobody cancels, at {@link #RELATIVE_TOLERANCE}. */
    public static RunContext of(String owner, Solvers solvers) {
        return of(owner, solvers, Cancellation.NEVER, RELATIVE_TOLERANCE);
    }

    /** A run over {@link #HORIZON} with its own cancellation and relative tolerance. */
    public static RunContext of(String owner, Solvers solvers, Cancellation cancellation, double relativeTolerance) {
        return of(owner, solvers, cancellation, HORIZON, OptionalDouble.of(relativeTolerance));
    }

    /** A run with its own cancellation and horizon, and a relative tolerance if it asks for one. */
    public static RunContext of(
            String owner,
            Solvers solvers,
            Cancellation cancellation,
            Interval horizon,
            OptionalDouble relativeTolerance) {
        return new RunContext(
                owner,
                solvers,
                new SplittableRandomStreams(1),
                cancellation,
                horizon,
                relativeTolerance,
                OptionalDouble.empty());
    }
}
