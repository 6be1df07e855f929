package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.twin.SimulationTime;

/** Many problems at once. */
class BatchTest {

    private static List<OdeProblem> cohort(int size) {
        OdeSystem robertson = Systems.robertson();
        OdeSystem known = Systems.knownRobertson();
        return IntStream.range(0, size)
                .mapToObj(k -> {
                    OdeProblem problem = Systems.problem(
                                    k % 3 == 0 ? known : robertson,
                                    30 + k,
                                    new double[] {1 - 0.01 * k, 0, 0.01 * k},
                                    new double[] {0.04 + 1e-3 * k, 3e7, 1e4, 1},
                                    OdeTolerance.of(1e-6, 1e-10))
                            .withEvents(IntStream.range(0, k % 4)
                                    .mapToObj(e -> OdeEvent.add(SimulationTime.ofDays(e * 7.5), 0, 0.1))
                                    .toList())
                            .withOutputs(1, 10, 20);
                    return k % 5 == 0
                            ? problem.alongDirections(List.of(OdeDirection.ofParameter(robertson, 0)))
                            : k % 7 == 0 ? problem.withNonNegative(List.of(0, 1, 2)) : problem;
                })
                .toList();
    }

    @Test
    void everyNumberOfThreadsGivesTheSameBits() {
        List<OdeProblem> problems = cohort(40);
        RosenbrockSolver solver = new RosenbrockSolver();
        List<OdeSolution> alone = problems.stream()
                .map(problem -> solver.solve(problem, Execution.sequential()))
                .toList();
        for (int threads : new int[] {1, 2, 3, 5}) {
            List<OdeSolution> together = solver.solveAll(problems, new Execution(threads, () -> false));
            for (int k = 0; k < alone.size(); k++) {
                assertThat(together.get(k).state()).isEqualTo(alone.get(k).state());
                assertThat(together.get(k).outputs()).isDeepEqualTo(alone.get(k).outputs());
                assertThat(together.get(k).derivatives())
                        .isDeepEqualTo(alone.get(k).derivatives());
                assertThat(together.get(k).statistics()).isEqualTo(alone.get(k).statistics());
            }
        }
    }

    @Test
    void stepsTakeNoMemory() {
        // Ten times the steps, and not a byte more for a problem.
        long few = bytesPerProblem(Systems.vanDerPol(), 1e-5);
        long many = bytesPerProblem(Systems.vanDerPol(), 1e-9);
        assertThat(many - few).as("%d and %d bytes", few, many).isLessThan(2_000);
        long fewKnown = bytesPerProblem(Systems.knownRobertson(), 1e-5);
        long manyKnown = bytesPerProblem(Systems.knownRobertson(), 1e-9);
        assertThat(manyKnown - fewKnown)
                .as("%d and %d bytes", fewKnown, manyKnown)
                .isLessThan(2_000);
    }

    private static long bytesPerProblem(OdeSystem system, double tolerance) {
        boolean robertson = system.dimension() == 3;
        OdeProblem one = Systems.problem(
                        system,
                        robertson ? 4000 : 2000,
                        robertson ? new double[] {1, 0, 0} : new double[] {2, 0},
                        robertson ? Systems.ROBERTSON : new double[] {1000},
                        OdeTolerance.of(tolerance, 1e-6 * tolerance))
                .alongDirections(robertson ? List.of(OdeDirection.ofParameter(system, 1)) : List.of());
        List<OdeProblem> problems = IntStream.range(0, 5).mapToObj(k -> one).toList();
        RosenbrockSolver solver = new RosenbrockSolver();
        solver.solveAll(problems, Execution.sequential());
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        List<OdeSolution> solutions = solver.solveAll(problems, Execution.sequential());
        long bytes = threads.getThreadAllocatedBytes(id) - before;
        assertThat(solutions.get(0).statistics().steps()).isGreaterThan(tolerance < 1e-7 ? 500 : 50);
        return bytes / problems.size();
    }
}
