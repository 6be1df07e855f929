package org.oncotwin.api.simulation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a run asked of a solver.
 *
 * @param solver id of the solver
 * @param calls problems solved
 * @param steps accepted steps
 * @param rejectedSteps steps that were tried and not accepted
 * @param evaluations evaluations of the right-hand side
 * @param tolerance relative tolerance asked for; empty if the scheme has fixed steps
 * @param error sum of the estimates of the relative error of all problems solved; empty if the scheme has none
 * @param longestStep longest step in days
 * @param warnings what it warned of, each once
 */
public record SolverUse(
        String solver,
        long calls,
        long steps,
        long rejectedSteps,
        long evaluations,
        OptionalDouble tolerance,
        OptionalDouble error,
        double longestStep,
        List<String> warnings) {

    /** Makes the list immutable. */
    public SolverUse {
        warnings = List.copyOf(warnings);
    }

    /** Nothing to warn of. */
    public SolverUse(
            String solver,
            long calls,
            long steps,
            long rejectedSteps,
            long evaluations,
            OptionalDouble tolerance,
            OptionalDouble error,
            double longestStep) {
        this(solver, calls, steps, rejectedSteps, evaluations, tolerance, error, longestStep, List.of());
    }
}
