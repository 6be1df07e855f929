package org.oncotwin.api.solver;

import java.util.OptionalDouble;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.RandomStreams;

/**
 * What a run lends to a plugin that takes part in it.
 *
 * @param owner label under which the plugin owns its state components
 * @param solvers solvers
 * @param random random numbers of this plugin in this run
 * @param cancellation asks long work to stop
 * @param relativeTolerance relative tolerance that the run asks of adaptive solvers
 * @param largestStep longest time step in days, if the run asks for one
 */
public record RunContext(
        String owner,
        Solvers solvers,
        RandomStreams random,
        Cancellation cancellation,
        double relativeTolerance,
        OptionalDouble largestStep) {}
