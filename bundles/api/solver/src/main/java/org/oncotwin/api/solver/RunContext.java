package org.oncotwin.api.solver;

import java.util.OptionalDouble;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.RandomStreams;

/**
 * What a run lends to a plugin that takes part in it.
 *
 * @param owner label under which the plugin owns its state components
 * @param solvers solvers
 * @param random random numbers of this plugin in this run
 * @param cancellation asks long work to stop
 * @param horizon from the start of the run to its end, over which the tolerance holds
 * @param relativeTolerance relative tolerance that the run asks of adaptive solvers; if it asks for none, each model takes the one that suits it
 * @param largestStep longest time step in days, if the run asks for one
 */
public record RunContext(
        String owner,
        Solvers solvers,
        RandomStreams random,
        Cancellation cancellation,
        Interval horizon,
        OptionalDouble relativeTolerance,
        OptionalDouble largestStep) {}
