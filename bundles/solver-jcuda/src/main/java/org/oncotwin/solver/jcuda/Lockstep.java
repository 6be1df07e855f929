package org.oncotwin.solver.jcuda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Lets members of a batch, each on a thread of its own, hand in work that is done together. A member waits until all others have handed in theirs or have left; the last to come does the work of
 * all. So each member steps as it would alone, and the device has much to do at once.
 */
final class Lockstep {

    private final Function<Map<Integer, List<Task>>, Map<Integer, Sums>> device;
    private final Semaphore threads;
    private final Map<Integer, List<Task>> waiting = new TreeMap<>();
    private final Map<Integer, Sums> done = new HashMap<>();
    private int present;
    private Throwable failure;

    /**
     * A lockstep of members that are all present.
     *
     * @param threads most threads that compute at once; those that wait do not count
     * @param device does the work of some members and returns the sums of each
     */
    Lockstep(int members, int threads, Function<Map<Integer, List<Task>>, Map<Integer, Sums>> device) {
        this.present = members;
        this.threads = new Semaphore(threads);
        this.device = device;
    }

    /**
     * What a member does on its thread, from beginning to end.
     *
     * @throws RuntimeException what it threw, or what stopped another one
     */
    void take(Runnable member) {
        threads.acquireUninterruptibly();
        Throwable thrown = null;
        try {
            member.run();
        } catch (RuntimeException | Error e) {
            thrown = e;
            throw e;
        } finally {
            leave(thrown);
            threads.release();
        }
    }

    private synchronized void leave(Throwable thrown) {
        present--;
        if (thrown != null && failure == null) {
            failure = thrown;
        }
        if (failure != null) {
            notifyAll();
        } else if (present > 0 && waiting.size() == present) {
            workForAll();
        }
    }

    /** Hands in the work of a member and returns its sums once it is done. */
    Sums work(int member, List<Task> tasks) {
        threads.release();
        try {
            return together(member, tasks);
        } finally {
            threads.acquireUninterruptibly();
        }
    }

    private synchronized Sums together(int member, List<Task> tasks) {
        waiting.put(member, tasks);
        if (failure == null && waiting.size() == present) {
            workForAll();
        }
        boolean interrupted = false;
        while (failure == null && !done.containsKey(member)) {
            try {
                wait();
            } catch (InterruptedException e) {
                // What asks work to stop here is the cancellation; the mark is put back for the caller.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return done.remove(member);
    }

    private void workForAll() {
        try {
            done.putAll(device.apply(waiting));
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        waiting.clear();
        notifyAll();
    }
}
