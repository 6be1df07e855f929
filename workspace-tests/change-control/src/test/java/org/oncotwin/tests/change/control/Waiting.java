package org.oncotwin.tests.change.control;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until something is so. */
final class Waiting {

    private static final long MOMENT = Duration.ofMillis(2).toNanos();
    private static final Duration LONG = Duration.ofMinutes(2);

    private Waiting() {}

    static void aMoment() {
        LockSupport.parkNanos(MOMENT);
    }

    /** Waits, and fails after two minutes, which is far more than anything takes. */
    static void until(String what, BooleanSupplier so) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("in vain: " + what);
            }
            aMoment();
        }
    }
}
