package org.oncotwin.solver.ode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.SolverException;

/** Independent problems on several threads. Each problem is solved on one, so that its solution does not depend on their number. */
final class Batch {

    private final Method method;
    private final List<OdeProblem> problems;
    private final Execution execution;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final OdeSolution[] solutions;
    private final Throwable[] failures;

    Batch(Method method, List<OdeProblem> problems, Execution execution) {
        this.method = method;
        this.problems = List.copyOf(problems);
        this.execution = execution;
        this.solutions = new OdeSolution[problems.size()];
        this.failures = new Throwable[problems.size()];
    }

    List<OdeSolution> solve() {
        List<Thread> others = new ArrayList<>();
        for (int n = 1; n < Math.min(execution.threads(), problems.size()); n++) {
            Thread thread = new Thread(this::work, method.id() + "-" + n);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        work();
        boolean wasInterrupted = false;
        for (Thread thread : others) {
            wasInterrupted |= join(thread);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        for (int n = 0; n < failures.length; n++) {
            if (failures[n] != null) {
                throw failure(n);
            }
        }
        return List.of(solutions);
    }

    /** Takes problems in order until none is left. Whoever fails lets nobody take another, so all before the first that fails have been taken and are finished. */
    private void work() {
        Execution alone = new Execution(
                1, () -> interrupted.get() || execution.cancellation().isRequested());
        while (!abandoned.get()) {
            int number = next.getAndIncrement();
            if (number >= problems.size()) {
                return;
            }
            try {
                solutions[number] = new Integration(method, problems.get(number), alone).solve();
            } catch (RuntimeException | Error e) {
                failures[number] = e;
                abandoned.set(true);
            }
        }
    }

    /** Waits for a thread; true if this one was interrupted meanwhile, which stops the others. */
    private boolean join(Thread thread) {
        boolean wasInterrupted = false;
        while (true) {
            try {
                thread.join();
                return wasInterrupted;
            } catch (InterruptedException e) {
                wasInterrupted = true;
                interrupted.set(true);
            }
        }
    }

    private RuntimeException failure(int number) {
        Throwable failure = failures[number];
        if (failure instanceof CancellationException cancelled) {
            return cancelled;
        }
        if (failure instanceof SolverException) {
            return new SolverException(
                    "problem " + number + " of " + problems.size() + ", counted from 0: " + failure.getMessage(),
                    failure);
        }
        if (failure instanceof RuntimeException thrown) {
            return thrown;
        }
        throw (Error) failure;
    }
}
