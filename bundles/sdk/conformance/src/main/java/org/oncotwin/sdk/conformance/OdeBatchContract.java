package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;

/** Laws of {@link org.oncotwin.api.solver.OdeSolver#solveAll}. */
abstract class OdeBatchContract extends OdeBoundsContract {

    /** Most evaluations that a solver may go on for once it was asked to stop; a second is enough for far more. */
    static final long EVALUATIONS_AFTER_CANCELLATION = 10_000;

    OdeBatchContract() {}

    @Test
    @DisplayName("Law 1, same in, same out: problems solved together have the bits and the order of those solved alone")
    void togetherIsAlone() {
        List<OdeProblem> problems = cohort();
        List<OdeSolution> alone = problems.stream().map(this::solve).toList();
        for (int threads = 1; threads <= 4; threads++) {
            List<OdeSolution> together = solveAll(problems, new Execution(threads, Cancellation.NEVER));
            assertThat(together).hasSize(problems.size());
            for (int n = 0; n < problems.size(); n++) {
                String what = "problem " + n + " on " + threads + " threads";
                assertThat(together.get(n).state())
                        .as(what)
                        .isEqualTo(alone.get(n).state());
                assertThat(together.get(n).parameters())
                        .as(what)
                        .isEqualTo(alone.get(n).parameters());
                assertThat(together.get(n).outputs())
                        .as(what)
                        .isDeepEqualTo(alone.get(n).outputs());
                assertThat(together.get(n).statistics())
                        .as(what)
                        .isEqualTo(alone.get(n).statistics());
            }
        }
        assertThat(solveAll(List.of(), new Execution(3, Cancellation.NEVER))).isEmpty();
    }

    @Test
    @DisplayName("Law 5, bounds hold: of problems that fail together the first is named by its number, from 0")
    void firstFailureIsNamed() {
        List<OdeProblem> problems = new ArrayList<>();
        while (problems.size() < 40) {
            problems.addAll(cohort());
        }
        // The later one fails at once, the earlier one at its end.
        SimulationTime late = SimulationTime.ofDays(20_008);
        problems.set(
                37,
                problem(
                                OdeSystems.decayChain(),
                                interval(20_000, 20_009),
                                new double[] {1, 0, 0},
                                new double[] {0.5, 0.25},
                                TOLERANCE)
                        .withEvents(List.of(new OdeEvent(late, (day, state, parameters) -> state[1] = Double.NaN))));
        problems.set(
                39,
                problem(
                        OdeSystems.decayChain(),
                        interval(20_000, 20_009),
                        new double[] {Double.NaN, 0, 0},
                        new double[] {0.5, 0.25},
                        TOLERANCE));
        for (int threads = 1; threads <= 4; threads++) {
            Execution execution = new Execution(threads, Cancellation.NEVER);
            Throwable failure = catchThrowable(() -> solveAll(problems, execution));
            assertThat(failure)
                    .as("%d threads", threads)
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("second")
                    .hasMessageMatching("(?s).*\\b37\\b.*");
            SolverAssertions.assertNamesTime(failure, interval(20_007.999, 20_008.001));
        }
    }

    @Test
    @DisplayName("Law 7, everything ends: problems solved together end when cancelled, and end as cancelled")
    void cancellationOfAllIsHonoured() {
        List<OdeProblem> problems = cohort();
        for (int threads = 1; threads <= 3; threads++) {
            Execution stopped = new Execution(threads, () -> true);
            assertThat(catchThrowable(() -> solveAll(problems, stopped))).isInstanceOf(CancellationException.class);
        }
        assertThat(catchThrowable(() -> newSolver().solve(posed(problems.get(0)), new Execution(1, () -> true))))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    @DisplayName("Law 7, everything ends: problems that would take for ever end when cancelled")
    void cancellationOfLongProblemsIsHonoured() {
        onlyIfNonlinear();
        for (int threads = 1; threads <= 3; threads++) {
            AtomicLong evaluations = new AtomicLong();
            OdeSystem endless = OdeSystems.of(0, List.of("displacement", "velocity"), (day, y, p, d) -> {
                if (evaluations.incrementAndGet() > 5_000 + 4 * EVALUATIONS_AFTER_CANCELLATION) {
                    throw new AssertionError("not cancelled after " + evaluations + " evaluations");
                }
                d[0] = 1e6 * y[1];
                d[1] = -1e6 * y[0];
            });
            OdeProblem one = problem(endless, interval(0, 1000), new double[] {1, 0}, new double[0], TOLERANCE);
            Execution execution = new Execution(threads, () -> evaluations.get() > 5_000);
            assertThat(catchThrowable(() -> solveAll(List.of(one, one, one, one, one), execution)))
                    .as("%d threads", threads)
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @DisplayName("Law 7, everything ends: a solution that is cancelled at an event ends as cancelled")
    void cancellationAtAnEventIsHonoured() {
        AtomicLong done = new AtomicLong();
        List<OdeEvent> hourly = new ArrayList<>();
        for (int hour = 0; hour < 5_000; hour++) {
            hourly.add(new OdeEvent(
                    new SimulationTime(hour * 3_600_000L), (day, state, parameters) -> done.incrementAndGet()));
        }
        OdeProblem problem = chain(0, 300, 1e-4).withEvents(hourly);
        assertThat(catchThrowable(() -> newSolver().solve(posed(problem), new Execution(1, () -> done.get() >= 100))))
                .isInstanceOf(CancellationException.class);
    }

    private List<OdeSolution> solveAll(List<OdeProblem> problems, Execution execution) {
        return newSolver().solveAll(problems.stream().map(this::posed).toList(), execution);
    }

    /** Patients that differ in everything. */
    private List<OdeProblem> cohort() {
        List<OdeProblem> cohort = new ArrayList<>();
        for (int n = 0; n < 9; n++) {
            cohort.add(courses().get(n % courses().size()).withOutputs(0.5 * n, 5 + 0.5 * n));
            cohort.add(chain(n, 10 + 3.5 * n, 1e-4 / (n + 1))
                    .withEvents(List.of(OdeEvent.add(SimulationTime.ofDays(n + 1.5), 0, n))));
        }
        return cohort;
    }
}
