package org.oncotwin.api.solver;

import org.oncotwin.api.twin.Cancellation;

/**
 * How a computation may run. Never changes its result.
 *
 * @param threads most threads to use, at least 1
 * @param cancellation asks it to stop
 */
public record Execution(int threads, Cancellation cancellation) {

    /** Checks the number of threads. */
    public Execution {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("1 to 1024 threads, not " + threads);
        }
    }

    /** One thread, never cancelled. */
    public static Execution sequential() {
        return new Execution(1, Cancellation.NEVER);
    }
}
