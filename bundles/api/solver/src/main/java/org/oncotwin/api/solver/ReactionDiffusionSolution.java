package org.oncotwin.api.solver;

import org.oncotwin.api.twin.Field;

/**
 * The density at the end of the interval.
 *
 * @param density u; 0 outside the domain
 * @param statistics what it cost
 */
public record ReactionDiffusionSolution(Field density, SolverStatistics statistics) {}
