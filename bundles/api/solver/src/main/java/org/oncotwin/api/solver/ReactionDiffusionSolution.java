package org.oncotwin.api.solver;

import org.oncotwin.api.twin.Field;

/**
 * The density at the end of the interval.
 *
 * @param density u; 0 outside the medium
 * @param steps the steps taken, to be taken again or differentiated
 * @param statistics what it cost and how exact it is
 */
public record ReactionDiffusionSolution(Field density, StepSequence steps, SolverStatistics statistics) {}
