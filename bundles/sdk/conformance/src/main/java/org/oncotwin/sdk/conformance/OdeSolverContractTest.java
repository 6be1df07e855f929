package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/**
 * The laws that every solver of ordinary differential equations obeys. Extend it beside the solver and leave the tests as they are. A solver is asked what it
 * {@linkplain org.oncotwin.api.solver.SolverDescription says that it is made for}: one of linear equations alone is tried with those, and tests of kinds and
 * {@linkplain org.oncotwin.api.solver.SolverFeature features} that it does not offer are left out with that as the reason.
 */
public abstract class OdeSolverContractTest extends OdeBatchContract {

    /** For implementations. */
    protected OdeSolverContractTest() {}

    /** A new instance of the solver at each call. */
    @Override
    protected abstract OdeSolver newSolver();

    // ---- Law 1 ----

    @Test
    @DisplayName("Law 1, same in, same out: a repeated solution has the same bits, on any number of threads")
    void repeatedSolutionIsTheSame() {
        double[] first = end(oscillator(1e-8), Execution.sequential());
        for (int threads = 1; threads <= 4; threads++) {
            assertThat(end(oscillator(1e-8), new Execution(threads, Cancellation.NEVER)))
                    .as("%d threads", threads)
                    .isEqualTo(first);
        }
    }

    @Test
    @DisplayName("Law 1, same in, same out: locale and time zone change nothing")
    void localeAndTimeZoneChangeNothing() {
        double[] here = end(oscillator(1e-8), Execution.sequential());
        assertThat(Surroundings.elsewhere(() -> end(oscillator(1e-8), Execution.sequential())))
                .allSatisfy(there -> assertThat(there).isEqualTo(here));
    }

    @Test
    @DisplayName("Law 1, same in, same out: one solver serves several callers at once")
    void callersAtOnceDoNotMeet() {
        OdeSolver shared = newSolver();
        double[] alone = end(oscillator(1e-8), Execution.sequential());
        assertThat(Surroundings.together(() -> shared.solve(posed(oscillator(1e-8)), Execution.sequential())
                        .state()))
                .allSatisfy(together -> assertThat(together).isEqualTo(alone));
    }

    // ---- Law 2 ----

    @Test
    @DisplayName("Law 2, a step is a step: an interval equals its parts")
    void stepEqualsItsParts() {
        double tolerance = 1e-8;
        double[] days = {0, 0.1, 3, 7.25, 10};
        double wholeAmount = solve(compartment(0, 10, 1, 0.3, 2)).state()[0];
        double amount = 1;
        for (int i = 1; i < days.length; i++) {
            amount = solve(compartment(days[i - 1], days[i], amount, 0.3, 2)).state()[0];
        }
        assertRelativeError(amount, wholeAmount, tolerance * errorPerTolerance(), "compartment in parts");
        if (solvesNonlinear()) {
            double[] whole = end(logistic(0, 10, 1, tolerance), Execution.sequential());
            double[] state = {1};
            for (int i = 1; i < days.length; i++) {
                state = end(logistic(days[i - 1], days[i], state[0], tolerance), Execution.sequential());
            }
            assertRelativeError(state[0], whole[0], tolerance * errorPerTolerance(), "in parts");
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: the error falls with the tolerance, against closed forms")
    void toleranceIsHonoured() {
        for (double tolerance : tolerances()) {
            double allowed = tolerance * errorPerTolerance();
            if (solvesNonlinear()) {
                // V0 = 1, K = 100, r = 0.3 /d: V(10 d) = K / (1 + (K / V0 - 1) exp(-r t)).
                double[] volume = end(logistic(0, 10, 1, tolerance), Execution.sequential());
                double closed = 100 / (1 + 99 * StrictMath.exp(-3));
                assertRelativeError(volume[0], closed, allowed, "logistic at tolerance " + tolerance);
            }
            // y'' = -y from (1, 0): (cos t, -sin t).
            double[] state = end(oscillator(tolerance), Execution.sequential());
            assertThat(Math.abs(state[0] - StrictMath.cos(10)))
                    .as("oscillator at tolerance %s", tolerance)
                    .isLessThanOrEqualTo(allowed);
            assertThat(Math.abs(state[1] + StrictMath.sin(10)))
                    .as("oscillator at tolerance %s", tolerance)
                    .isLessThanOrEqualTo(allowed);
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: equations see the time since day 0, wherever the interval starts")
    void timeIsAbsolute() {
        onlyIfNonlinear();
        double from = 123.5;
        double to = 131.25;
        OdeProblem problem =
                problem(from, to, 1e-8, new double[] {StrictMath.sin(from)}, (day, y, d) -> d[0] = StrictMath.cos(day));
        assertThat(Math.abs(end(problem, Execution.sequential())[0] - StrictMath.sin(to)))
                .isLessThanOrEqualTo(1e-8 * errorPerTolerance());
    }

    // ---- Law 3 ----

    @Test
    @DisplayName("Law 3, nothing hides: the problem is not changed, and solutions do not share arrays")
    void problemIsNotChanged() {
        double[] initial = {1, 0};
        OdeProblem problem = posed(problem(OdeSystems.oscillator(), interval(0, 10), initial, new double[] {1}, 1e-8));
        OdeSolver solver = newSolver();
        OdeSolution first = solver.solve(problem, Execution.sequential());
        double[] saved = first.state().clone();
        assertThat(initial).containsExactly(1, 0);
        assertThat(problem.initial()).containsExactly(1, 0);
        Arrays.fill(first.state(), Double.NaN);
        assertThat(solver.solve(problem, Execution.sequential()).state()).isEqualTo(saved);
    }

    // ---- Law 4 ----

    @Test
    @DisplayName("Law 4, zero is zero: derivatives of zero leave every bit as it was")
    void zeroDerivativeChangesNothing() {
        double[] initial = {0, 1.0 / 3, -7e12, 1e-300};
        OdeProblem problem = problem(
                OdeSystems.linear(
                        0, List.of("a", "b", "c", "d"), (p, a) -> Arrays.fill(a, 0), (p, b) -> Arrays.fill(b, 0)),
                interval(3, 50),
                initial,
                new double[0],
                1e-8);
        assertThat(end(problem, Execution.sequential())).isEqualTo(initial);
        if (solvesNonlinear()) {
            OdeProblem unknown = problem(3, 50, 1e-8, initial, (day, y, d) -> Arrays.fill(d, 0));
            assertThat(end(unknown, Execution.sequential())).isEqualTo(initial);
        }
    }

    // ---- Law 5 ----

    @Test
    @DisplayName("Law 5, bounds hold: a value that is not finite stops the solution and names the time")
    void notFiniteNamesTime() {
        onlyIfNonlinear();
        OdeProblem problem =
                problem(20_000, 20_010, 1e-6, new double[] {1}, (day, y, d) -> d[0] = day < 20_003 ? 1 : Double.NaN);
        Throwable failure = catchThrowable(() -> newSolver().solve(posed(problem), Execution.sequential()));
        assertThat(failure).isInstanceOf(SolverException.class);
        SolverAssertions.assertNamesTime(failure, problem.interval());
    }

    @Test
    @DisplayName("Law 5, bounds hold: a solution that ceases to exist stops and names the time")
    void blowUpNamesTime() {
        onlyIfNonlinear();
        // y' = y^2 from 1 is 1 / (1 - t): there is nothing after a day.
        OdeProblem problem = problem(20_000, 20_010, 1e-6, new double[] {1}, (day, y, d) -> d[0] = y[0] * y[0]);
        Throwable failure = catchThrowable(() -> newSolver().solve(posed(problem), Execution.sequential()));
        assertThat(failure).isInstanceOf(SolverException.class);
        SolverAssertions.assertNamesTime(failure, problem.interval());
    }

    // ---- Law 7 ----

    @Test
    @DisplayName("Law 7, everything ends: a cancelled solution ends soon, and ends as cancelled")
    void cancellationIsHonoured() {
        onlyIfNonlinear();
        AtomicBoolean cancelled = new AtomicBoolean();
        long[] evaluations = {0, 0};
        // A thousand million radians: more steps than anybody waits for.
        OdeProblem problem = problem(0, 1000, 1e-8, new double[] {1, 0}, (day, y, d) -> {
            evaluations[0]++;
            if (evaluations[0] > 5_000) {
                cancelled.set(true);
                evaluations[1]++;
            }
            if (evaluations[1] > EVALUATIONS_AFTER_CANCELLATION) {
                throw new AssertionError("not cancelled after " + evaluations[1] + " more evaluations");
            }
            d[0] = 1e6 * y[1];
            d[1] = -1e6 * y[0];
        });
        assertThat(catchThrowable(() -> newSolver().solve(posed(problem), new Execution(1, cancelled::get))))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    @DisplayName("Law 7, everything ends: what the equations throw comes out as it is")
    void exceptionsPassThrough() {
        IllegalStateException thrown = new IllegalStateException("from the equations");
        OdeProblem linear = problem(
                OdeSystems.linear(
                        0,
                        List.of("drug"),
                        (p, a) -> {
                            throw thrown;
                        },
                        (p, b) -> {
                            throw thrown;
                        }),
                interval(0, 1),
                new double[] {1},
                new double[0],
                1e-6);
        assertThat(catchThrowable(() -> solve(linear))).isSameAs(thrown);
        if (solvesNonlinear()) {
            OdeProblem problem = problem(0, 1, 1e-6, new double[] {1}, (day, y, d) -> {
                throw thrown;
            });
            assertThat(catchThrowable(() -> solve(problem))).isSameAs(thrown);
        }
    }

    // ---- Law 10 ----

    @Test
    @DisplayName("Law 10, the log can prove it: description and statistics are complete")
    void descriptionAndStatisticsAreComplete() {
        OdeSolver solver = newSolver();
        SolverAssertions.assertComplete(solver.description());
        assertThat(newSolver().description()).isEqualTo(solver.description());
        OdeProblem problem = posed(oscillator(1e-8));
        OdeSolution solution = solver.solve(problem, Execution.sequential());
        SolverAssertions.assertPlausible(solution.statistics(), solver.description(), problem.interval());
        solution.statistics().tolerance().ifPresent(t -> assertThat(t).isEqualTo(1e-8));
    }

    // ---- Problems ----

    /** Right-hand side of a system. */
    @FunctionalInterface
    private interface Derivatives {
        void write(double day, double[] y, double[] derivatives);
    }

    private static OdeProblem problem(
            double from, double to, double tolerance, double[] initial, Derivatives derivatives) {
        OdeSystem system = new OdeSystem() {
            @Override
            public int dimension() {
                return initial.length;
            }

            @Override
            public void derivatives(double day, double[] y, double[] none, double[] d) {
                derivatives.write(day, y, d);
            }
        };
        Interval interval = new Interval(SimulationTime.ofDays(from), SimulationTime.ofDays(to));
        return OdeProblem.of(system, interval, initial, new double[0], OdeTolerance.of(tolerance, tolerance));
    }

    /** Linear to a solver of linear equations alone, and equations of which nothing is known to any other. */
    private OdeProblem oscillator(double tolerance) {
        return solvesNonlinear()
                ? problem(0, 10, tolerance, new double[] {1, 0}, OdeSolverContractTest::oscillate)
                : circle(10, tolerance);
    }

    private static void oscillate(double day, double[] y, double[] d) {
        d[0] = y[1];
        d[1] = -y[0];
    }

    private double[] end(OdeProblem problem, Execution execution) {
        return newSolver().solve(posed(problem), execution).state();
    }

    private static void assertRelativeError(double actual, double expected, double allowed, String what) {
        assertThat(Math.abs(actual - expected) / Math.abs(expected))
                .as("%s: relative error of %s against %s", what, actual, expected)
                .isLessThanOrEqualTo(allowed);
    }
}
