package org.oncotwin.sdk.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds threads that work has started and not ended. A thread belongs to the group of the thread that starts it, so that threads of other tests are not counted. */
final class StartedThreads {

    /** Room for what runs. */
    private static final int MOST = 1000;

    private StartedThreads() {}

    /**
     * Does the work in a group of its own.
     *
     * @param patience how long threads that are about to end may take to do so, all together
     * @return names of the threads that did not end
     */
    static List<String> leftBy(Runnable work, Duration patience) throws InterruptedException {
        ThreadGroup group = new ThreadGroup("work-under-test");
        List<Throwable> failures = new ArrayList<>();
        Thread worker = new Thread(group, work, "work-under-test");
        worker.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        worker.start();
        worker.join();
        if (!failures.isEmpty()) {
            throw new AssertionError("the work failed", failures.get(0));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Thread[] threads = new Thread[MOST];
        int count = group.enumerate(threads, true);
        List<String> left = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads[i].join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            if (threads[i].isAlive()) {
                left.add(threads[i].getName());
            }
        }
        return left;
    }
}
