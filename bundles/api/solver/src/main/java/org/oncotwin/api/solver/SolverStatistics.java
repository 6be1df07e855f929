package org.oncotwin.api.solver;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a solution cost and how good it is.
 *
 * @param solver id of the solver
 * @param steps accepted steps
 * @param rejectedSteps steps that were tried and not accepted
 * @param evaluations evaluations of the right-hand side
 * @param tolerance relative tolerance that was asked for; empty if the scheme has a fixed step
 * @param error estimate of the relative error that the solution gained, in the measure of the tolerance; empty if the scheme has none
 * @param longestStep longest step in days
 * @param warnings what whoever reads the result should know, for instance that equations seem stiff and the solver is not made for that
 */
public record SolverStatistics(
        String solver,
        long steps,
        long rejectedSteps,
        long evaluations,
        OptionalDouble tolerance,
        OptionalDouble error,
        double longestStep,
        List<String> warnings) {

    /** Makes the list immutable. */
    public SolverStatistics {
        warnings = List.copyOf(warnings);
    }

    /** Nothing to warn of. */
    public SolverStatistics(
            String solver,
            long steps,
            long rejectedSteps,
            long evaluations,
            OptionalDouble tolerance,
            OptionalDouble error,
            double longestStep) {
        this(solver, steps, rejectedSteps, evaluations, tolerance, error, longestStep, List.of());
    }
}
