package org.oncotwin.solver.grid.scheme;

import org.oncotwin.api.solver.StepSequence;

/**
 * What the method did.
 *
 * @param steps the steps taken
 * @param rejected steps tried and not taken
 * @param applications how often the diffusion operator was applied
 * @param error sum of the estimates of the relative error of the steps
 * @param longest longest step in days
 */
public record StepOutcome(StepSequence steps, long rejected, long applications, double error, double longest) {}
