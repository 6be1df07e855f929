package org.oncotwin.study;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the points at which a study keeps something, and has it crash or fail at one of them. */
final class Faults {

    /** The process is gone: nobody catches this. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private volatile RuntimeException failure;
    private volatile boolean lasting;

    /** Crashes at the n-th point from now on. */
    void crashAt(int n) {
        failure = null;
        left.set(n);
    }

    /** Fails at the n-th point from now on. */
    void failAt(int n, RuntimeException with) {
        failure = with;
        left.set(n);
    }

    /** Fails at the n-th point from now on and at all after it. */
    void failFrom(int n, RuntimeException with) {
        failAt(n, with);
        lasting = true;
    }

    void never() {
        lasting = false;
        left.set(Integer.MAX_VALUE);
    }

    boolean struck() {
        return left.get() <= 0;
    }

    /** A point in the thread of a study. A process that crashed does nothing more; one that failed once may go on. */
    void point() {
        if (!Thread.currentThread().getName().startsWith("oncotwin-study-")) {
            return;
        }
        int now = left.get() == Integer.MAX_VALUE ? Integer.MAX_VALUE : left.decrementAndGet();
        if ((now == 0 || lasting && now < 0) && failure != null) {
            throw failure;
        }
        if (now <= 0 && failure == null) {
            throw new Crash();
        }
    }
}
