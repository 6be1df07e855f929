package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;

/**
 * A solver for tests of plugins that need one: the embedded Runge-Kutta pair of order 5(4) by Dormand and Prince (1980, https://doi.org/10.1016/0771-050X(80)90013-3),
 * written to be read rather than to be fast. Keeps the whole contract but is not made for stiff equations.
 */
public final class ReferenceOdeSolver implements OdeSolver {

    private static final String ID = "reference-dormand-prince-5";

    /** Nothing to set up. */
    public ReferenceOdeSolver() {}

    @Override
    public SolverDescription description() {
        return new SolverDescription(
                ID,
                "Dormand-Prince 5(4), for tests",
                5,
                false,
                Set.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS, SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS),
                Set.of(SolverFeature.CONDITIONS, SolverFeature.SENSITIVITIES),
                List.of(
                        "Stiff equations take very many steps; after " + ReferenceIntegration.MOST_STEPS
                                + " steps it gives up.",
                        "Relative tolerances below " + ReferenceIntegration.FINEST_TOLERANCE + " are refused."),
                List.of(
                        "Dormand and Prince 1980, J Comput Appl Math 6:19-26, "
                                + "https://doi.org/10.1016/0771-050X(80)90013-3",
                        "Hairer, Norsett and Wanner 1993, Solving Ordinary Differential Equations I, Springer"));
    }

    @Override
    public OdeSolution solve(OdeProblem problem, Execution execution) {
        return new ReferenceIntegration(ID, problem, execution).run();
    }

    @Override
    public List<OdeSolution> solveAll(List<OdeProblem> problems, Execution execution) {
        AtomicBoolean stopped = new AtomicBoolean();
        Execution alone =
                new Execution(1, () -> stopped.get() || execution.cancellation().isRequested());
        ExecutorService threads = Executors.newFixedThreadPool(execution.threads());
        try {
            List<Future<OdeSolution>> running = problems.stream()
                    .map(problem -> threads.submit(() -> solve(problem, alone)))
                    .toList();
            List<OdeSolution> solutions = new ArrayList<>();
            for (Future<OdeSolution> one : running) {
                solutions.add(result(one, solutions.size()));
            }
            return solutions;
        } finally {
            stopped.set(true);
            threads.shutdownNow();
        }
    }

    /** Waits for a solution. Since they are asked for in order, the first failure that is met is that of the lowest number. */
    private static OdeSolution result(Future<OdeSolution> future, int number) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SolverException failure) {
                throw new SolverException("problem " + number + ": " + failure.getMessage(), failure);
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SolverException("interrupted while problem " + number + " was solved", e);
        }
    }
}
