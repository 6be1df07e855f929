package org.oncotwin.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.oncotwin.api.twin.Cancellation;

/**
 * Runs a command in a thread of its own, so that an interrupt of the caller becomes a request to stop and not an interrupt in the middle of writing a file,
 * which would close it.
 */
final class InterruptibleCommand {
    /** How long a command may take to clean up. Launchers grant five seconds. */
    private static final long PATIENCE_MILLISECONDS = 4_000;

    private InterruptibleCommand() {}

    /**
     * Runs a command to its end, or until a while after an interrupt.
     *
     * @return its exit code; {@link ExitCode#CANCELLED} if it did not end after an interrupt
     */
    static int execute(ToIntFunction<Cancellation> command) {
        AtomicBoolean requested = new AtomicBoolean();
        AtomicInteger code = new AtomicInteger(ExitCode.CANCELLED);
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        code.set(command.applyAsInt(requested::get));
                    } finally {
                        ended.countDown();
                    }
                },
                "oncotwin-command");
        thread.setDaemon(true);
        thread.start();
        try {
            ended.await();
        } catch (InterruptedException stop) {
            requested.set(true);
            awaitCleaning(ended);
            Thread.currentThread().interrupt();
        }
        return code.get();
    }

    private static void awaitCleaning(CountDownLatch ended) {
        try {
            ended.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
