package org.oncotwin.api.simulation;

import org.oncotwin.api.twin.Cancellation;

/**
 * How a run is carried out. Never changes its result.
 *
 * @param threads most threads to use
 * @param cancellation asks it to stop
 */
public record RunOptions(int threads, Cancellation cancellation) {

    /** As many threads as there are processors, never cancelled. */
    public static RunOptions defaults() {
        return new RunOptions(Runtime.getRuntime().availableProcessors(), Cancellation.NEVER);
    }
}
