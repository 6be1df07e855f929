package org.oncotwin.solver.grid;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjIntConsumer;

/**
 * Threads that do one piece of work together, the caller among them, and meet at a barrier that allocates nothing. All have ended when {@link #run} returns, also when
 * one of them fails: the others are sent home from the barrier and the first failure is thrown.
 */
final class ThreadTeam {

    /** Turns at the barrier before a thread parks: some tens of microseconds, about what parking and waking cost. */
    private static final int TURNS = 2000;

    private final int size;
    private final Thread[] threads;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile int phase;

    private ThreadTeam(int size) {
        this.size = size;
        this.threads = new Thread[size];
    }

    /**
     * Runs work on several threads.
     *
     * @param size number of threads, the caller included
     * @param work gets the team and the number of the member, 0 for the caller
     */
    static void run(int size, ObjIntConsumer<ThreadTeam> work) {
        ThreadTeam team = new ThreadTeam(size);
        team.threads[0] = Thread.currentThread();
        for (int m = 1; m < size; m++) {
            int member = m;
            Thread thread = new Thread(() -> team.work(work, member), "oncotwin-grid-solver-" + m);
            thread.setDaemon(true);
            team.threads[m] = thread;
        }
        int started = 1;
        try {
            for (; started < size; started++) {
                team.threads[started].start();
            }
            team.work(work, 0);
        } catch (Throwable cannotStart) {
            team.fail(cannotStart);
        } finally {
            team.join(started);
        }
        team.rethrow();
    }

    int size() {
        return size;
    }

    /** Returns once all members have called it. What they wrote before is seen by all afterwards. */
    void await() {
        int before = phase;
        if (arrived.incrementAndGet() == size) {
            arrived.set(0);
            phase = before + 1;
            wakeAll();
        } else {
            for (int turn = 0; phase == before && failure.get() == null; turn++) {
                if (turn < TURNS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }
        if (failure.get() != null) {
            throw new SentHomeException();
        }
    }

    private void work(ObjIntConsumer<ThreadTeam> work, int member) {
        try {
            work.accept(this, member);
        } catch (SentHomeException e) {
            // Another member has failed and recorded why.
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failure.compareAndSet(null, e);
        wakeAll();
    }

    private void wakeAll() {
        for (Thread thread : threads) {
            if (thread != Thread.currentThread()) {
                LockSupport.unpark(thread);
            }
        }
    }

    private void join(int started) {
        boolean interrupted = false;
        for (int m = 1; m < started; m++) {
            while (threads[m].isAlive()) {
                try {
                    threads[m].join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() {
        Throwable first = failure.get();
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
        if (first != null) {
            throw new IllegalStateException(first);
        }
    }

    /** Ends the work of a member because another one has failed. */
    private static final class SentHomeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SentHomeException() {
            super("another thread failed", null, false, false);
        }
    }
}
