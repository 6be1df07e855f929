package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.SimulationTime;

/** Laws of what bounds a solution: signs, rest, the longest step, values that are no numbers, and stiffness. */
abstract class OdeBoundsContract extends OdeSensitivityContract {

    private static final SimulationTime LATE = SimulationTime.ofDays(20_003.5);

    OdeBoundsContract() {}

    // ---- Signs ----

    @Test
    @DisplayName("Law 5, bounds hold: what shall not be negative never is, and sums that the equations keep are kept")
    void nonNegativeKeepsSums() {
        double[] days =
                IntStream.rangeClosed(0, 2000).mapToDouble(n -> n / 400.0).toArray();
        List<OdeProblem> problems = new ArrayList<>();
        problems.add(OdeProblem.of(
                OdeSystems.decayChain(),
                interval(0, 5),
                new double[] {1, 0, 0},
                new double[] {40, 15},
                OdeTolerance.of(1e-3, 1e-3)));
        if (solvesNonlinear()) {
            problems.add(OdeProblem.of(
                    OdeSystems.enzyme(),
                    interval(0, 5),
                    new double[] {1, 0},
                    new double[] {1, 0.01},
                    OdeTolerance.of(1e-2, 1e-3)));
        }
        for (OdeProblem problem : problems) {
            int n = problem.initial().length;
            OdeSolution solution =
                    solve(problem.withNonNegative(IntStream.range(0, n).boxed().toList())
                            .withOutputs(days)
                            .withTrajectory());
            assertAmounts(solution.state(), "end");
            for (int i = 0; i < days.length; i++) {
                assertAmounts(solution.outputs()[i], "day " + days[i]);
                assertAmounts(at(solution, days[i] * 0.9993), "day " + days[i] * 0.9993);
            }
            assertClose(solution.state()[n - 1], 1, problem.tolerance().relative(), "all has become product");
        }
    }

    private static void assertAmounts(double[] amounts, String when) {
        assertThat(Arrays.stream(amounts).allMatch(amount -> amount >= 0))
                .as("%s: no amount of %s is negative", when, Arrays.toString(amounts))
                .isTrue();
        assertThat(Math.abs(Arrays.stream(amounts).sum() - 1))
                .as("%s: error of the sum of %s, which is 1", when, Arrays.toString(amounts))
                .isLessThanOrEqualTo(1e-12);
    }

    // ---- Longest step ----

    @Test
    @DisplayName("Law 2, a step is a step: no step is longer than the longest that was asked for")
    void longestStepIsKept() {
        for (double longest : new double[] {0.5, 0.03}) {
            for (OdeProblem problem : List.of(
                    circle(10, 1e-4), compartment(0, 10, 1, 0, 1), courses().get(0))) {
                OdeSolution solution = solve(problem.withLargestStep(OptionalDouble.of(longest)));
                assertThat(solution.statistics().longestStep())
                        .as("longest step")
                        .isPositive()
                        .isLessThanOrEqualTo(longest);
                assertThat(solution.statistics().steps() * longest)
                        .as("days that the steps can cover")
                        .isGreaterThanOrEqualTo(10 * (1 - 1e-9));
            }
        }
    }

    // ---- Rest ----

    @Test
    @DisplayName("Law 2, a step is a step: a solution that shall end at rest ends at the first step that is at rest")
    void endsAtRest() {
        // y = 2 + 8 exp(-t) is at rest when 8 exp(-t) is at most 0.001 (y + 1).
        double rest = StrictMath.log(8 * 0.999 / 0.003);
        OdeProblem settling = compartment(0, 100, 10, 1, 2).withLargestStep(OptionalDouble.of(0.05));
        OdeSolution solution =
                solve(settling.untilSteady(1e-3).withOutputs(1, 2, 90).withTrajectory());
        assertThat(solution.end()).isEqualTo(OdeSolution.End.STEADY_STATE);
        assertThat(solution.day()).isBetween(rest - 1e-4, rest + 0.05 + 1e-4);
        assertClose(solution.state()[0], 2 + 8 * StrictMath.exp(-solution.day()), TOLERANCE, "at rest");
        assertThat(solution.outputs()).hasNumberOfRows(2);
        assertThat(solution.trajectory().orElseThrow().end()).isEqualTo(solution.day());
        assertThat(at(solution, solution.day())).isEqualTo(solution.state());
        OdeSolution turning = solve(circle(10, 1e-6).untilSteady(1e-3));
        assertThat(turning.end()).as("a circle never rests").isEqualTo(OdeSolution.End.INTERVAL);
        assertThat(turning.day()).isEqualTo(10);
    }

    @Test
    @DisplayName("Law 2, a step is a step: nothing is at rest while an event is to come")
    void notAtRestBeforeAnEvent() {
        double rest = StrictMath.log(5 * 0.999 / 0.003);
        OdeSolution solution = solve(compartment(0, 100, 2, 1, 2)
                .withLargestStep(OptionalDouble.of(0.05))
                .withEvents(List.of(
                        OdeEvent.restart(SimulationTime.ofDays(20)), OdeEvent.add(SimulationTime.ofDays(60), 0, 5)))
                .untilSteady(1e-3));
        assertThat(solution.end()).isEqualTo(OdeSolution.End.STEADY_STATE);
        assertThat(solution.day()).isBetween(60 + rest - 1e-4, 60 + rest + 0.05 + 1e-4);
    }

    // ---- No numbers ----

    @Test
    @DisplayName("Law 5, bounds hold: an initial state or a parameter that is no number is refused by name")
    void initialValuesAreFinite() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Throwable failure = assertFails(
                    problem(
                            OdeSystems.decayChain(),
                            interval(20_000, 20_010),
                            new double[] {1, wrong, 0},
                            new double[] {1, 1},
                            TOLERANCE),
                    "second",
                    Double.toString(wrong));
            SolverAssertions.assertNamesTime(failure, interval(20_000, 20_000.001));
            assertFails(compartment(0, 10, 1, 1, wrong), "parameter 1", Double.toString(wrong));
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: an event that leaves no number is named by component, value and time")
    void eventsLeaveNumbers() {
        OdeProblem problem = problem(
                OdeSystems.decayChain(),
                interval(20_000, 20_010),
                new double[] {1, 1, 0},
                new double[] {0.3, 0.2},
                TOLERANCE);
        OdeEvent ofState = new OdeEvent(LATE, (day, state, parameters) -> state[1] = Double.NaN);
        Throwable failure = assertFails(problem.withEvents(List.of(ofState)), "second", "NaN");
        SolverAssertions.assertNamesTime(failure, interval(20_003.499, 20_003.501));
        OdeEvent ofParameter = OdeEvent.set(LATE, 1, Double.POSITIVE_INFINITY);
        failure = assertFails(problem.withEvents(List.of(ofParameter)), "parameter 1", "Infinity");
        SolverAssertions.assertNamesTime(failure, interval(20_003.499, 20_003.501));
    }

    @Test
    @DisplayName("Law 5, bounds hold: a right-hand side that is no number is named by component, value and time")
    void derivativesAreFinite() {
        onlyIfNonlinear();
        for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            OdeSystem breaking = OdeSystems.of(0, List.of("drug", "tumour volume"), (day, y, p, d) -> {
                d[0] = -0.1 * y[0];
                d[1] = day < 20_003 ? 0.1 : wrong;
            });
            Throwable failure = assertFails(
                    problem(breaking, interval(20_000, 20_010), new double[] {1, 1}, new double[0], 1e-6),
                    "tumour volume",
                    Double.toString(wrong));
            SolverAssertions.assertNamesTime(failure, interval(20_000, 20_010));
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: coefficients that are no numbers are refused, with the time")
    void coefficientsAreFinite() {
        LinearOdeSystem reciprocal =
                OdeSystems.linear(1, List.of("drug"), (p, a) -> a[0] = 0.1 / p[0], (p, b) -> b[0] = 0);
        OdeProblem problem = problem(
                        reciprocal, interval(20_000, 20_010), new double[] {1}, new double[] {1}, TOLERANCE)
                .withEvents(List.of(OdeEvent.set(LATE, 0, 0)));
        SolverAssertions.assertNamesTime(assertFails(problem), interval(20_003.499, 20_003.501));
    }

    @Test
    @DisplayName("Law 5, bounds hold: a solution that grows beyond all numbers stops and names component and time")
    void overflowNamesComponent() {
        LinearOdeSystem growing = OdeSystems.linear(0, List.of("clone"), (p, a) -> a[0] = 100, (p, b) -> b[0] = 0);
        Throwable failure =
                assertFails(problem(growing, interval(20_000, 20_010), new double[] {1}, new double[0], 1e-4), "clone");
        SolverAssertions.assertNamesTime(failure, interval(20_000, 20_010));
    }

    @Test
    @DisplayName("Law 5, bounds hold: a tolerance finer than the numbers is refused")
    void toleranceFinerThanNumbersIsRefused() {
        OdeProblem problem = circle(10, 1e-17);
        Throwable failure = catchThrowable(() -> solve(problem));
        assertThat(failure).isInstanceOf(SolverException.class).hasMessageContaining("1.0E-17");
    }

    // ---- Stiffness ----

    @Test
    @DisplayName("Law 2, a step is a step: what settles a million times faster than the rest costs few steps")
    void stiffLinearEquations() {
        onlyIf(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS);
        double fast = 1e6;
        OdeSystem following = OdeSystems.of(0, List.of("fast", "slow"), (day, y, p, d) -> {
            d[0] = -fast * (y[0] - y[1]);
            d[1] = -y[1];
        });
        for (double tolerance : tolerances()) {
            OdeSolution solution =
                    solveStiff(problem(following, interval(0, 10), new double[] {2, 1}, new double[0], tolerance)
                            .withOutputs(1));
            double ratio = fast / (fast - 1);
            assertClose(solution.outputs()[0][1], StrictMath.exp(-1), tolerance, "slow, " + tolerance);
            assertClose(solution.outputs()[0][0], ratio * StrictMath.exp(-1), tolerance, "fast, " + tolerance);
            assertClose(solution.state()[0], ratio * StrictMath.exp(-10), tolerance, "fast at the end, " + tolerance);
            assertThat(solution.statistics().steps())
                    .as("steps at %s", tolerance)
                    .isLessThan(20_000);
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: the stiff reaction of Robertson")
    void stiffReaction() {
        onlyIf(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS);
        OdeSolution solution = solveStiff(OdeProblem.of(
                OdeSystems.robertson(),
                interval(0, 40),
                new double[] {1, 0, 0},
                new double[0],
                new OdeTolerance(1e-7, new double[] {1e-9, 1e-13, 1e-9})));
        assertClose(solution.state()[0], 0.7158270687194, 1e-7, "A");
        assertClose(solution.state()[1] * 1e4, 9.185534764557e-2, 1e-7, "B, ten thousandths");
        assertClose(solution.state()[2], 0.2841637457458, 1e-7, "C");
        assertThat(solution.statistics().steps()).as("steps").isLessThan(5_000);
    }

    private OdeSolution solveStiff(OdeProblem problem) {
        return newSolver()
                .solve(problem.ofKind(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS), Execution.sequential());
    }
}
