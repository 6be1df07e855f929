package org.oncotwin.solver.grid;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Threads that do one piece of work after the other together, the caller among them. All have done their part when {@link #all} returns; if one fails, the first failure is
 * thrown then. Handing out work allocates nothing. The threads end with {@link #close}.
 */
final class ThreadTeam implements AutoCloseable {

    /** Turns of waiting before a thread parks: some tens of microseconds, about what parking and waking cost. */
    private static final int MOST_TURNS = 4000;

    private static final IntConsumer END = member -> {};

    private final Thread[] threads;
    private final int turns;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private IntConsumer work;
    private volatile int round;

    /** A team of a number of members, the caller included. */
    ThreadTeam(int size) {
        threads = new Thread[size - 1];
        // Who waits on a processor that another member needs only holds it up.
        turns = size <= Runtime.getRuntime().availableProcessors() ? MOST_TURNS : 0;
        try {
            for (int m = 0; m < threads.length; m++) {
                int member = m + 1;
                threads[m] = new Thread(() -> serve(member), "oncotwin-grid-solver-" + member);
                threads[m].setDaemon(true);
                threads[m].start();
            }
        } catch (Throwable cannotStart) {
            close();
            throw cannotStart;
        }
    }

    /** Number of members. */
    int size() {
        return threads.length + 1;
    }

    /** Has every member do work with its number, 0 for the caller. */
    void all(IntConsumer part) {
        work = part;
        busy.set(threads.length);
        round++;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        attempt(part, 0);
        for (int turn = 0; busy.get() > 0; turn++) {
            pause(turn);
        }
        Throwable first = failure.getAndSet(null);
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
    }

    private void attempt(IntConsumer part, int member) {
        try {
            part.accept(member);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void serve(int member) {
        int done = 0;
        while (true) {
            for (int turn = 0; round == done; turn++) {
                pause(turn);
            }
            done++;
            IntConsumer part = work;
            if (part == END) {
                return;
            }
            attempt(part, member);
            if (busy.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    private void pause(int turn) {
        if (turn < turns) {
            Thread.onSpinWait();
        } else {
            LockSupport.park(this);
        }
    }

    @Override
    public void close() {
        work = END;
        round++;
        boolean interrupted = false;
        for (Thread thread : threads) {
            if (thread != null) {
                LockSupport.unpark(thread);
                interrupted |= join(thread);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of a thread; true if interrupted meanwhile. */
    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
