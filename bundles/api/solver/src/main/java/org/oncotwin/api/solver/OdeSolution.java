package org.oncotwin.api.solver;

/**
 * The state at the end of the interval.
 *
 * @param state the state
 * @param statistics what it cost
 */
public record OdeSolution(double[] state, SolverStatistics statistics) {}
