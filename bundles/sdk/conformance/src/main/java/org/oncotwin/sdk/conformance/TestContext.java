package org.oncotwin.sdk.conformance;

import java.util.OptionalDouble;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Cancellation;

/** Makes a {@link RunContext} for tests: seed 1, no longest step. */
public final class TestContext {

    /** Relative tolerance asked of solvers unless a test says otherwise. */
    public static final double RELATIVE_TOLERANCE = 1e-9;

    private TestContext() {}

    /** A run that nobody cancels, at {@link #RELATIVE_TOLERANCE}. */
    public static RunContext of(String owner, Solvers solvers) {
        return of(owner, solvers, Cancellation.NEVER, RELATIVE_TOLERANCE);
    }

    /** A run with its own cancellation and relative tolerance. */
    public static RunContext of(String owner, Solvers solvers, Cancellation cancellation, double relativeTolerance) {
        return new RunContext(
                owner,
                solvers,
                new SplittableRandomStreams(1),
                cancellation,
                relativeTolerance,
                OptionalDouble.empty());
    }
}
