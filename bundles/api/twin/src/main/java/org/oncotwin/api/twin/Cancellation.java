package org.oncotwin.api.twin;

import java.util.concurrent.CancellationException;

/** Asks long work to stop. Work looks at it often enough to stop within a second. */
@FunctionalInterface
public interface Cancellation {

    /** Work that nobody cancels. */
    Cancellation NEVER = () -> false;

    /** True once the work shall stop. */
    boolean isRequested();

    /**
     * Returns while the work shall go on.
     *
     * @throws CancellationException once it shall stop
     */
    default void check() {
        if (isRequested()) {
            throw new CancellationException("cancelled");
        }
    }
}
