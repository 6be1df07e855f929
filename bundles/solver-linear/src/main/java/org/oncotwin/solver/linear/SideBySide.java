package org.oncotwin.solver.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.SolverException;

/** Independent problems, taken in their order by several threads that end with the call. */
final class SideBySide {

    private final List<OdeProblem> problems;
    private final Execution execution;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger firstFailed = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicReferenceArray<OdeSolution> solutions;
    private final AtomicReferenceArray<Throwable> failures;

    SideBySide(List<OdeProblem> problems, Execution execution) {
        this.problems = List.copyOf(problems);
        this.execution = execution;
        this.solutions = new AtomicReferenceArray<>(this.problems.size());
        this.failures = new AtomicReferenceArray<>(this.problems.size());
    }

    List<OdeSolution> solve() {
        int helpers = Math.min(execution.threads(), problems.size()) - 1;
        List<Thread> threads = new ArrayList<>();
        for (int k = 0; k < helpers; k++) {
            Thread thread = new Thread(this::work, "linear-equations-" + (k + 1));
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        work();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    // The results are complete only when all are done; whoever interrupted is told after that.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        int failed = firstFailed.get();
        if (failed < problems.size()) {
            throw failure(failed, failures.get(failed));
        }
        OdeSolution[] inOrder = new OdeSolution[problems.size()];
        Arrays.setAll(inOrder, solutions::get);
        return List.of(inOrder);
    }

    /** Takes problems until none is left, or one failed: those before it have been taken by then. */
    private void work() {
        Transitions transitions = null;
        for (int k = next.getAndIncrement(); k < problems.size() && k < firstFailed.get(); k = next.getAndIncrement()) {
            try {
                OdeProblem problem = problems.get(k);
                transitions = MatrixExponentialSolver.transitions(transitions, problem, execution);
                solutions.set(k, MatrixExponentialSolver.solve(problem, execution, transitions));
            } catch (RuntimeException | Error e) {
                failures.set(k, e);
                int failed = k;
                firstFailed.accumulateAndGet(failed, Math::min);
            }
        }
    }

    private RuntimeException failure(int number, Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof SolverException) {
            return new SolverException(
                    "problem " + number + " (of " + problems.size() + ", counted from 0): " + cause.getMessage(),
                    cause);
        }
        return (RuntimeException) cause;
    }
}
