package org.oncotwin.solver.stiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.SolverException;

/** Many problems on several threads, each with memory of its own, which problems of one system use one after the other. */
final class Batch {

    private final List<OdeProblem> problems;
    private final Execution execution;
    private final OdeSolution[] solutions;
    private final AtomicInteger next = new AtomicInteger();
    /** The lowest number of a problem that failed, and what became of it. */
    private volatile int failed;

    private Throwable failure;

    Batch(List<OdeProblem> problems, Execution execution) {
        this.problems = problems;
        this.execution = execution;
        this.solutions = new OdeSolution[problems.size()];
        this.failed = problems.size();
    }

    List<OdeSolution> solve() {
        int threads = Math.min(execution.threads(), problems.size());
        List<Thread> others = new ArrayList<>();
        for (int t = 1; t < threads; t++) {
            Thread thread = new Thread(this::work, "oncotwin-rosenbrock-" + t);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        work();
        join(others);
        if (failure instanceof SolverException e) {
            throw new SolverException("problem " + failed + ": " + e.getMessage(), e);
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return Arrays.asList(solutions);
    }

    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    // The threads end soon, and their work belongs to this call.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        Integration integration = null;
        int number = next.getAndIncrement();
        // A problem before one that failed still counts: it may fail as well, and the first failure is reported.
        while (number < failed) {
            try {
                OdeProblem problem = problems.get(number);
                if (integration == null || !integration.fits(problem)) {
                    integration = new Integration(problem);
                }
                solutions[number] = integration.solve(problem, execution.cancellation());
            } catch (RuntimeException | Error e) {
                fail(number, e);
            }
            number = next.getAndIncrement();
        }
    }

    private synchronized void fail(int number, Throwable thrown) {
        if (number < failed) {
            failed = number;
            failure = thrown;
        }
    }
}
