package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** What holds for each of the methods. */
abstract class OdeSolverTest {

    private static final OdeSystem LOGISTIC = system(1, (day, y, dy) -> dy[0] = 0.1 * y[0] * (1 - y[0] / 100));
    private static final OdeSystem OSCILLATOR = system(2, (day, y, dy) -> {
        dy[0] = y[1];
        dy[1] = -y[0];
    });

    final OdeSolver solver;

    OdeSolverTest(OdeSolver solver) {
        this.solver = solver;
    }

    /** Right-hand side as a function. */
    interface RightHandSide {
        void write(double day, double[] y, double[] dy);
    }

    static OdeSystem system(int dimension, RightHandSide rightHandSide) {
        return new OdeSystem() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public void derivatives(double day, double[] y, double[] parameters, double[] derivatives) {
                rightHandSide.write(day, y, derivatives);
            }
        };
    }

    static Interval days(double start, double end) {
        return new Interval(SimulationTime.ofDays(start), SimulationTime.ofDays(end));
    }

    private OdeSolution solve(OdeSystem system, Interval interval, double tolerance, double... initial) {
        return solver.solve(problem(system, interval, tolerance, 0, initial), Execution.sequential());
    }

    static OdeProblem problem(
            OdeSystem system, Interval interval, double relative, double absolute, double... initial) {
        return OdeProblem.of(system, interval, initial, new double[0], OdeTolerance.of(relative, absolute));
    }

    private static double relativeError(double actual, double expected) {
        return Math.abs(actual - expected) / Math.abs(expected);
    }

    /** Verhulst: V = K / (1 + (K/V0 - 1) exp(-r t)). */
    @Tag("SR-302")
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 10, 99, 100, 250})
    void solvesLogisticGrowth(double v0) {
        double exact = 100 / (1 + (100 / v0 - 1) * Math.exp(-0.1 * 180));
        assertThat(relativeError(solve(LOGISTIC, days(0, 180), 1e-12, v0).state()[0], exact))
                .isLessThan(1e-10);
    }

    /** Gompertz: V = K exp(ln(V0/K) exp(-a t)). */
    @Tag("SR-302")
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 10, 99, 250})
    void solvesGompertzGrowth(double v0) {
        OdeSystem gompertz = system(1, (day, y, dy) -> dy[0] = 0.03 * y[0] * Math.log(100 / y[0]));
        double exact = 100 * Math.exp(Math.log(v0 / 100) * Math.exp(-0.03 * 365));
        assertThat(relativeError(solve(gompertz, days(0, 365), 1e-12, v0).state()[0], exact))
                .isLessThan(1e-10);
    }

    /** A right-hand side that depends on time alone: the method integrates cos exactly to tolerance. */
    @Test
    void givesTheSystemTheTimeInDaysSinceDayZero() {
        OdeSystem clock = system(1, (day, y, dy) -> dy[0] = Math.cos(day));
        double value = solver.solve(
                        problem(clock, days(5, 8), 1e-12, 1e-12, new double[] {Math.sin(5)}), Execution.sequential())
                .state()[0];
        assertThat(value).isCloseTo(Math.sin(8), offset(1e-10));
    }

    /** Lotka and Volterra: x - ln x + y - ln y does not change on x' = x (1 - y), y' = y (x - 1). */
    @Test
    void keepsTheInvariantOfPredatorAndPrey() {
        OdeSystem system = system(2, (day, y, dy) -> {
            dy[0] = y[0] * (1 - y[1]);
            dy[1] = y[1] * (y[0] - 1);
        });
        double[] end = solve(system, days(0, 100), 1e-12, 0.2, 1.1).state();
        double before = 0.2 - Math.log(0.2) + 1.1 - Math.log(1.1);
        double after = end[0] - Math.log(end[0]) + end[1] - Math.log(end[1]);
        assertThat(relativeError(after, before)).isLessThan(1e-9);
    }

    /** Ten turns of a harmonic oscillator: the error follows the tolerance. */
    @Tag("SR-302")
    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12})
    void achievesAnErrorInProportionToTheTolerance(double tolerance) {
        OdeProblem problem = problem(OSCILLATOR, days(0, 62.5), tolerance, tolerance, new double[] {1, 0});
        double[] end = solver.solve(problem, Execution.sequential()).state();
        double error = Math.hypot(end[0] - Math.cos(62.5), end[1] + Math.sin(62.5));
        assertThat(error).isLessThan(200 * tolerance);
    }

    @Test
    void worksMoreForATighterTolerance() {
        long before = 0;
        double lastError = Double.POSITIVE_INFINITY;
        for (double tolerance : new double[] {1e-4, 1e-6, 1e-8, 1e-10, 1e-12}) {
            OdeSolution solution = solve(OSCILLATOR, days(0, 62.5), tolerance, 1, 0);
            double error = Math.abs(solution.state()[0] - Math.cos(62.5));
            assertThat(solution.statistics().evaluations()).isGreaterThan(before);
            assertThat(error).isLessThan(lastError);
            before = solution.statistics().evaluations();
            lastError = error;
        }
    }

    @Test
    void aBreakDoesNotChangeTheResultBeyondTheTolerance() {
        double[] whole = solve(LOGISTIC, days(0, 60), 1e-10, 10).state();
        double[] half = solve(LOGISTIC, days(0, 17.3), 1e-10, 10).state();
        double[] rest = solve(LOGISTIC, days(17.3, 60), 1e-10, half).state();
        assertThat(relativeError(rest[0], whole[0])).isLessThan(1e-8);
    }

    @Test
    void equationsWithoutTimeGiveTheSameBitsOnAnyDay() {
        double[] early = solve(LOGISTIC, days(0, 60), 1e-10, 10).state();
        double[] late = solve(LOGISTIC, days(365_000, 365_060), 1e-10, 10).state();
        assertThat(late).isEqualTo(early);
    }

    @Test
    void solvesOverAMillisecondAThousandYearsOn() {
        SimulationTime start = SimulationTime.ofDays(365_000);
        Interval millisecond = new Interval(start, start.plusMilliseconds(1));
        double value = solve(system(1, (day, y, dy) -> dy[0] = y[0]), millisecond, 1e-10, 1)
                .state()[0];
        assertThat(value).isEqualTo(Math.exp(1.0 / 86_400_000));
    }

    @Test
    void neverAsksForATimeOutsideTheInterval() {
        List<Double> asked = new ArrayList<>();
        Interval interval = days(0.1, 0.7);
        OdeSystem system = system(1, (day, y, dy) -> {
            asked.add(day);
            dy[0] = -3 * y[0];
        });
        solve(system, interval, 1e-9, 1);
        assertThat(asked).isNotEmpty().allSatisfy(day -> assertThat(day)
                .isBetween(interval.start().days(), interval.end().days()));
    }

    @Test
    void givesTheSameBitsAgainAndForAnyNumberOfThreads() throws Exception {
        double[] expected = solve(OSCILLATOR, days(0, 40), 1e-10, 1, 0).state();
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Callable<double[]>> work = IntStream.range(1, 17)
                    .<Callable<double[]>>mapToObj(threads -> () -> solver.solve(
                                    problem(OSCILLATOR, days(0, 40), 1e-10, 0, new double[] {1, 0}),
                                    new Execution(threads, () -> false))
                            .state())
                    .toList();
            for (Future<double[]> result : executor.invokeAll(work)) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void reportsWhatItDid() {
        AtomicLong evaluations = new AtomicLong();
        OdeSystem system = system(1, (day, y, dy) -> {
            evaluations.incrementAndGet();
            dy[0] = -y[0] * (1 + 50 * Math.exp(-100 * (day - 5) * (day - 5)));
        });
        OdeSolution solution = solve(system, days(0, 10), 1e-9, 1);
        assertThat(solution.statistics().solver())
                .isEqualTo(solver.description().id());
        assertThat(solution.statistics().evaluations()).isEqualTo(evaluations.get());
        assertThat(solution.statistics().tolerance()).hasValue(1e-9);
        assertThat(solution.statistics().steps()).isGreaterThan(5);
        assertThat(solution.statistics().rejectedSteps()).isPositive();
        assertThat(solution.statistics().longestStep())
                .isGreaterThan(10.0 / solution.statistics().steps())
                .isLessThan(10);
    }

    @Test
    void aComponentThatStaysZeroNeedsNoAbsoluteTolerance() {
        OdeSystem system = system(2, (day, y, dy) -> {
            dy[0] = -y[0];
            dy[1] = -3 * y[1];
        });
        double[] end = solve(system, days(0, 10), 1e-10, 0, 1).state();
        assertThat(end[0]).isZero();
        assertThat(relativeError(end[1], Math.exp(-30))).isLessThan(1e-8);
    }

    @Test
    void aComponentMayLeaveZeroWithoutAbsoluteTolerance() {
        double[] end = solve(system(1, (day, y, dy) -> dy[0] = 1 - y[0]), days(0, 3), 1e-10, 0)
                .state();
        assertThat(relativeError(end[0], -Math.expm1(-3))).isLessThan(1e-8);
    }

    @Test
    void changesNeitherTheInitialStateNorSuffersFromASystemThatChangesItsArgument() {
        double[] initial = {10};
        OdeSystem rude = system(1, (day, y, dy) -> {
            dy[0] = 0.1 * y[0] * (1 - y[0] / 100);
            y[0] = -7;
        });
        assertThat(solve(rude, days(0, 60), 1e-10, initial).state())
                .isEqualTo(solve(LOGISTIC, days(0, 60), 1e-10, 10).state());
        assertThat(initial).containsExactly(10);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void refusesAnInitialStateThatIsNotFinite(double value) {
        assertThatThrownBy(() -> solve(OSCILLATOR, days(2, 3), 1e-9, 1, value))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("day 2.0")
                .hasMessageContaining("component 1")
                .hasMessageContaining(Double.toString(value));
    }

    @Test
    void namesTheComponentWhoseDerivativeIsNotFiniteAtTheStart() {
        OdeSystem system = system(3, (day, y, dy) -> {
            dy[0] = 0;
            dy[1] = 0;
            dy[2] = Math.log(y[2]);
        });
        assertThatThrownBy(() -> solve(system, days(4, 9), 1e-9, 1, 1, -1))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("day 4.0")
                .hasMessageContaining("component 2")
                .hasMessageContaining("NaN");
    }

    @Test
    void namesTheComponentThatASystemForgetsToWrite() {
        assertThatThrownBy(() -> solve(system(2, (day, y, dy) -> dy[0] = 1), days(0, 1), 1e-9, 1, 1))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("component 1");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void namesDayAndComponentWhereADerivativeIsNotFinite(double value) {
        OdeSystem system = system(2, (day, y, dy) -> {
            dy[0] = -y[0];
            dy[1] = day > 3 ? value : 1;
        });
        assertThatThrownBy(() -> solve(system, days(0, 10), 1e-9, 1, 1))
                .isInstanceOf(SolverException.class)
                .hasMessageMatching("at day 3\\.00000.* component 1 .*" + value + ".*");
    }

    /** A step that leaves the domain of the right-hand side is tried again, shorter, and is not an error. */
    @Test
    void recoversFromATrialOutsideTheDomain() {
        AtomicLong outside = new AtomicLong();
        OdeSystem system = system(1, (day, y, dy) -> {
            if (y[0] < 0) {
                outside.incrementAndGet();
            }
            dy[0] = -1000 * Math.sqrt(y[0]) * Math.sqrt(y[0]);
        });
        OdeSolution solution =
                solver.solve(problem(system, days(0, 1), 1e-3, 10, new double[] {1}), Execution.sequential());
        assertThat(outside.get()).isPositive();
        assertThat(solution.statistics().rejectedSteps()).isPositive();
        assertThat(solution.state()[0]).isBetween(0.0, 10.0);
    }

    /** y' = y^2, y(0) = 1 has no value at day 1. */
    @Test
    void saysWhereASolutionEnds() {
        OdeSystem blowUp = system(2, (day, y, dy) -> {
            dy[0] = 0;
            dy[1] = y[1] * y[1];
        });
        assertThatThrownBy(() -> solve(blowUp, days(0, 2), 1e-9, 1, 1))
                .isInstanceOf(SolverException.class)
                .hasMessageMatching("at day (0\\.99999|1\\.0000).*")
                .hasMessageContaining("component 1")
                .hasMessageContaining("shorter than");
    }

    @Test
    void stopsAtTheNextEvaluationOnceCancelled() {
        AtomicLong evaluations = new AtomicLong();
        OdeSystem endless = system(1, (day, y, dy) -> {
            evaluations.incrementAndGet();
            dy[0] = Math.cos(1000 * day);
        });
        OdeProblem problem = problem(endless, days(0, 10_000), 1e-12, 1e-12, new double[] {0});
        assertThatThrownBy(() -> solver.solve(problem, new Execution(1, () -> evaluations.get() >= 100)))
                .isInstanceOf(CancellationException.class);
        assertThat(evaluations).hasValue(100);
    }

    @Test
    void passesOnWhatTheSystemThrows() {
        IllegalStateException thrown = new IllegalStateException("from the model");
        OdeSystem failing = system(1, (day, y, dy) -> {
            if (day > 1) {
                throw thrown;
            }
            dy[0] = 1;
        });
        assertThatThrownBy(() -> solve(failing, days(0, 2), 1e-9, 0)).isSameAs(thrown);
    }

    /** y' = -L (y - cos t) with L = 1e9 /d: smooth, but an explicit method needs steps of some nanodays. */
    @Test
    void givesUpAStiffSystemAfterABoundedNumberOfEvaluations() {
        AtomicLong evaluations = new AtomicLong();
        OdeSystem stiff = system(2, (day, y, dy) -> {
            evaluations.incrementAndGet();
            dy[0] = 1;
            dy[1] = -1e9 * (y[1] - Math.cos(day));
        });
        assertThatThrownBy(() -> solve(stiff, days(0, 180), 1e-6, 0, 1))
                .isInstanceOf(SolverException.class)
                .hasMessageStartingWith("at day ")
                .hasMessageContaining("2000000")
                .hasMessageContaining("component 1")
                .hasMessageContaining("stiff");
        assertThat(evaluations.get()).isLessThanOrEqualTo(2_000_001);
    }

    @Test
    void refusesAToleranceFinerThanTheNumbersAre() {
        assertThatThrownBy(() -> solve(LOGISTIC, days(0, 1), 1e-15, 1))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("1.0E-15")
                .hasMessageContaining("1.0E-14");
        assertThat(relativeError(solve(LOGISTIC, days(0, 180), 1e-14, 10).state()[0], 100 / (1 + 9 * Math.exp(-18))))
                .isLessThan(1e-12);
    }

    @Test
    void refusesASystemWithoutEquations() {
        assertThatThrownBy(() -> solve(system(0, (day, y, dy) -> {}), days(0, 1), 1e-9))
                .isInstanceOf(SolverException.class);
    }
}
