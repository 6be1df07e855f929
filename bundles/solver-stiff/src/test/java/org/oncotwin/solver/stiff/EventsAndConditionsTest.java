package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCondition.Crossing;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolution.End;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.StateChange;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** What happens at known times, and when the state meets conditions. */
class EventsAndConditionsTest {

    private static final OdeSystem DECAY = Systems.of(1, 1, (t, y, p, d) -> d[0] = -p[0] * y[0]);

    private static OdeSolution solve(OdeProblem problem) {
        return new RosenbrockSolver().solve(problem, Execution.sequential());
    }

    private static OdeCondition condition(
            String name, OdeCondition.Function function, Crossing crossing, StateChange change, boolean ends) {
        return new OdeCondition(name, function, crossing, Optional.ofNullable(change), ends, 1e-9);
    }

    @Tag("SR-306")
    @Test
    void eventsActToTheMillisecondOnLateDays() {
        long dose = 20_000 * SimulationTime.MILLISECONDS_PER_DAY + 32_400_001L;
        double[] seen = {Double.POSITIVE_INFINITY};
        OdeSystem system = Systems.of(1, 1, (t, y, p, d) -> {
            if (p[0] > 0) {
                seen[0] = Math.min(seen[0], t);
            }
            d[0] = p[0];
        });
        OdeProblem problem = OdeProblem.of(
                        system,
                        new Interval(SimulationTime.ofDays(20_000), SimulationTime.ofDays(20_001)),
                        new double[] {0},
                        new double[] {0},
                        OdeTolerance.of(1e-6, 1e-9))
                .withEvents(List.of(OdeEvent.set(new SimulationTime(dose), 0, 86_400_000)));
        OdeSolution solution = solve(problem);
        assertThat(seen[0]).isEqualTo(new SimulationTime(dose).days());
        assertThat(solution.state()[0]).isCloseTo(86_400_000 - 32_400_001, within(1e-3));
    }

    @Test
    void eventsOfOneInstantActInTheirOrderAndOutputsShowWhatFollows() {
        SimulationTime noon = SimulationTime.ofDays(1);
        OdeProblem problem = Systems.problem(DECAY, 2, new double[] {1}, new double[] {0.1}, 1e-8)
                .withEvents(List.of(
                        OdeEvent.add(SimulationTime.ZERO, 0, 1),
                        OdeEvent.add(noon, 0, 1),
                        new OdeEvent(noon, (day, y, p) -> y[0] *= 10)))
                .withOutputs(0, 1, 2)
                .withTrajectory();
        OdeSolution solution = solve(problem);
        double before = 2 * Math.exp(-0.1);
        assertThat(solution.outputs()[0][0]).isEqualTo(2);
        assertThat(solution.outputs()[1][0]).isCloseTo(10 * (before + 1), within(1e-6));
        assertThat(solution.outputs()[2]).isEqualTo(solution.state());
        double[] state = new double[1];
        OdeTrajectory trajectory = solution.trajectory().orElseThrow();
        trajectory.at(0, state);
        assertThat(state[0]).isEqualTo(2);
        trajectory.at(1, state);
        assertThat(state[0]).isEqualTo(solution.outputs()[1][0]);
        trajectory.at(Math.nextDown(1.0), state);
        assertThat(state[0]).isCloseTo(before, within(1e-6));
        trajectory.at(2, state);
        assertThat(state).isEqualTo(solution.state());
        assertThatThrownBy(() -> trajectory.at(2.1, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.1");
        assertThat(trajectory.start()).isZero();
        assertThat(trajectory.end()).isEqualTo(2);
    }

    @Tag("SR-306")
    @Test
    void aRunThatIsStoppedAtAnEventAndStartedAgainHasTheSameBits() {
        double[] initial = {1, 0, 0};
        SimulationTime middle = new SimulationTime(123_456_789_012L);
        SimulationTime end = SimulationTime.ofDays(3000);
        OdeTolerance tolerance = OdeTolerance.of(1e-7, 1e-11);
        StateChange change = (day, y, p) -> y[0] += 0.25;
        OdeDirection direction = OdeDirection.ofParameter(Systems.robertson(), 1);
        OdeProblem whole = OdeProblem.of(
                        Systems.robertson(),
                        new Interval(SimulationTime.ZERO, end),
                        initial,
                        Systems.ROBERTSON,
                        tolerance)
                .withEvents(List.of(new OdeEvent(middle, change)))
                .withNonNegative(List.of(0, 1, 2))
                .alongDirections(List.of(direction));
        OdeSolution through = solve(whole);
        OdeSolution first = solve(OdeProblem.of(
                        Systems.robertson(),
                        new Interval(SimulationTime.ZERO, middle),
                        initial,
                        Systems.ROBERTSON,
                        tolerance)
                .withNonNegative(List.of(0, 1, 2))
                .alongDirections(List.of(direction)));
        OdeSolution second = solve(OdeProblem.of(
                        Systems.robertson(), new Interval(middle, end), first.state(), first.parameters(), tolerance)
                .withEvents(List.of(new OdeEvent(middle, change)))
                .withNonNegative(List.of(0, 1, 2))
                .alongDirections(List.of(new OdeDirection(first.derivatives()[0], direction.parameters()))));
        assertThat(second.state()).isEqualTo(through.state());
        assertThat(second.derivatives()).isEqualTo(through.derivatives());
        assertThat(first.statistics().steps() + second.statistics().steps())
                .isEqualTo(through.statistics().steps());
    }

    @Test
    void outputsChangeNoBitAndAreAsExactAsTheSolution() {
        OdeProblem problem = Systems.problem(
                Systems.oregonator(), 360, new double[] {1, 2, 3}, new double[0], OdeTolerance.of(1e-6, 1e-6));
        double[] days = IntStream.range(0, 300).mapToDouble(i -> 1.2 * i).toArray();
        OdeSolution without = solve(problem);
        OdeSolution with = solve(problem.withOutputs(days).withTrajectory());
        assertThat(with.state()).isEqualTo(without.state());
        assertThat(with.statistics().steps()).isEqualTo(without.statistics().steps());
        OdeSolution exact = solve(Systems.problem(
                        Systems.oregonator(), 360, new double[] {1, 2, 3}, new double[0], OdeTolerance.of(1e-11, 1e-11))
                .withOutputs(days));
        double[] state = new double[3];
        for (int k = 0; k < days.length; k++) {
            with.trajectory().orElseThrow().at(days[k], state);
            assertThat(state).isEqualTo(with.outputs()[k]);
            for (int i = 0; i < 3; i++) {
                // The times of the sudden rises carry the error of all steps before.
                assertThat(Math.abs(state[i] / exact.outputs()[k][i] - 1))
                        .as("component %d at day %s", i, days[k])
                        .isLessThan(1e-4);
            }
        }
    }

    @Test
    void crossingsAreFoundToTheirToleranceAndInOrder() {
        OdeSystem circle = Systems.of(2, 0, (t, y, p, d) -> {
            d[0] = y[1];
            d[1] = -y[0];
        });
        OdeProblem problem = Systems.problem(circle, 10, new double[] {0, 1}, new double[0], 1e-11)
                .withConditions(List.of(
                        condition("falling", (t, y, p) -> y[0], Crossing.FALLING, null, false),
                        condition("rising", (t, y, p) -> y[0], Crossing.RISING, null, false),
                        condition("either", (t, y, p) -> y[0] - 0.5, Crossing.EITHER, null, false)));
        OdeSolution solution = solve(problem);
        double pi = Math.PI;
        double[] days = {pi / 6, 5 * pi / 6, pi, 2 * pi, 2 * pi + pi / 6, 2 * pi + 5 * pi / 6, 3 * pi};
        List<String> names = List.of("either", "either", "falling", "rising", "either", "either", "falling");
        assertThat(solution.crossings()).extracting(OdeCrossing::condition).isEqualTo(names);
        for (int k = 0; k < days.length; k++) {
            assertThat(solution.crossings().get(k).day()).isCloseTo(days[k], within(2e-9));
        }
        assertThat(solution.state())
                .isEqualTo(solve(problem.withConditions(List.of())).state());
    }

    @Test
    void aConditionChangesTheStateAgainAndAgain() {
        // From 2 to 1 by decay at 0.5 per day, then back by 1: the period is ln 2 / 0.5.
        OdeProblem problem = Systems.problem(DECAY, 20, new double[] {2}, new double[] {0.5}, 1e-10)
                .withConditions(List.of(
                        condition("low", (t, y, p) -> y[0] - 1, Crossing.EITHER, (t, y, p) -> y[0] += 1, false)))
                .withOutputs(1, 19.5)
                .withTrajectory();
        OdeSolution solution = solve(problem);
        double period = Math.log(2) / 0.5;
        assertThat(solution.crossings()).hasSize((int) (20 / period));
        for (int k = 0; k < solution.crossings().size(); k++) {
            assertThat(solution.crossings().get(k).day()).isCloseTo((k + 1) * period, within(1e-7));
        }
        double[] state = new double[1];
        solution.trajectory().orElseThrow().at(period * 1.5, state);
        assertThat(state[0]).isCloseTo(Math.sqrt(2), within(1e-7));
        assertThat(solution.outputs()[1][0]).isCloseTo(2 * Math.exp(-0.5 * (19.5 - 14 * period)), within(1e-6));
        solution.trajectory().orElseThrow().at(solution.crossings().get(3).day(), state);
        assertThat(state[0]).as("after the change").isCloseTo(2, within(1e-7));
    }

    @Test
    void aConditionEndsTheSolutionAfterItsChange() {
        OdeProblem problem = Systems.problem(DECAY, 20, new double[] {2}, new double[] {0.5}, 1e-9)
                .withConditions(List.of(
                        condition("low", (t, y, p) -> y[0] - 1, Crossing.FALLING, (t, y, p) -> y[0] = 7, true),
                        condition("lower", (t, y, p) -> y[0] - 0.5, Crossing.FALLING, null, true)))
                .withOutputs(1, 2, 3)
                .withTrajectory();
        OdeSolution solution = solve(problem);
        assertThat(solution.end()).isEqualTo(End.CONDITION);
        assertThat(solution.day()).isCloseTo(2 * Math.log(2), within(1e-7));
        assertThat(solution.state()).containsExactly(7);
        assertThat(solution.outputs()).hasNumberOfRows(1);
        assertThat(solution.crossings()).extracting(OdeCrossing::condition).containsExactly("low");
        double[] state = new double[1];
        solution.trajectory().orElseThrow().at(solution.day(), state);
        assertThat(state).containsExactly(7);
    }

    @Test
    void conditionsThatAreMetTogetherActTogether() {
        StateChange change = (t, y, p) -> y[0] += 1;
        OdeProblem problem = Systems.problem(DECAY, 2, new double[] {2}, new double[] {0.5}, 1e-9)
                .withConditions(List.of(
                        condition("one", (t, y, p) -> y[0] - 1, Crossing.FALLING, change, false),
                        condition("two", (t, y, p) -> y[0] - 1, Crossing.FALLING, change, false)));
        OdeSolution solution = solve(problem);
        assertThat(solution.crossings()).hasSize(2);
        assertThat(solution.crossings().get(0).day())
                .isEqualTo(solution.crossings().get(1).day());
        assertThat(solution.state()[0]).isCloseTo(6 * Math.exp(-1), within(1e-7));
    }

    @Test
    void aFunctionThatIsZeroAtTheStartDoesNotFire() {
        OdeProblem problem = Systems.problem(DECAY, 2, new double[] {1}, new double[] {0.5}, 1e-9)
                .withConditions(List.of(condition("start", (t, y, p) -> y[0] - 1, Crossing.EITHER, null, true)));
        assertThat(solve(problem).end()).isEqualTo(End.INTERVAL);
    }

    @Test
    void aBallBouncesOnItsFloor() {
        OdeSystem ball = Systems.of(2, 0, (t, y, p, d) -> {
            d[0] = y[1];
            d[1] = -2;
        });
        OdeProblem problem = Systems.problem(ball, 10.5, new double[] {1, 0}, new double[0], 1e-9)
                .withConditions(List.of(
                        condition("floor", (t, y, p) -> y[0], Crossing.EITHER, (t, y, p) -> y[1] = -y[1], false)));
        OdeSolution solution = solve(problem);
        assertThat(solution.crossings()).hasSize(5);
        assertThat(solution.crossings().get(4).day()).isCloseTo(9, within(1e-6));
        assertThat(solution.state()[0]).isCloseTo(0.75, within(1e-6));
    }

    @Test
    void chatteringIsAnError() {
        OdeSystem system = Systems.of(1, 1, (t, y, p, d) -> d[0] = p[0]);
        OdeProblem problem = Systems.problem(system, 10, new double[] {1}, new double[] {-1}, 1e-6)
                .withConditions(List.of(
                        condition("wall", (t, y, p) -> y[0], Crossing.FALLING, (t, y, p) -> y[0] = 1e-4, false)));
        assertThatThrownBy(() -> solve(problem))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("'wall'")
                .hasMessageContaining("1001")
                .hasMessageContaining("at day 1.");
    }

    @Test
    void aConditionThatIsNotFiniteIsAnError() {
        OdeProblem problem = Systems.problem(DECAY, 2, new double[] {1}, new double[] {0.5}, 1e-9)
                .withConditions(
                        List.of(condition("log", (t, y, p) -> Math.log(y[0] - 0.9), Crossing.EITHER, null, false)));
        assertThatThrownBy(() -> solve(problem))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("'log'")
                .hasMessageContaining("NaN");
    }

    @Test
    void theSolutionEndsWhereNothingMoves() {
        OdeSystem system = Systems.of(2, 1, (t, y, p, d) -> {
            d[0] = 1e5 * (y[1] - y[0]);
            d[1] = p[0] - y[1];
        });
        OdeProblem problem = Systems.problem(system, 10_000, new double[] {0, 5}, new double[] {1}, 1e-8)
                .untilSteady(1e-5)
                .withOutputs(1, 5000);
        OdeSolution solution = solve(problem);
        assertThat(solution.end()).isEqualTo(End.STEADY_STATE);
        assertThat(solution.day()).isBetween(Math.log(4e5) - 1, 100.0);
        assertThat(solution.state()[0]).isCloseTo(1, within(1e-4));
        assertThat(solution.outputs()).hasNumberOfRows(1);
        // With an event to come, it waits.
        OdeSolution later = solve(problem.withEvents(List.of(OdeEvent.set(SimulationTime.ofDays(4000), 0, 2))));
        assertThat(later.end()).isEqualTo(End.STEADY_STATE);
        assertThat(later.day()).isBetween(4005.0, 4100.0);
        assertThat(later.state()[1]).isCloseTo(2, within(1e-4));
    }

    @Test
    void stepsAreNoLongerThanAsked() {
        OdeProblem problem = Systems.problem(DECAY, 20, new double[] {2}, new double[] {0.5}, 1e-3);
        OdeSolution solution = solve(problem.withLargestStep(OptionalDouble.of(0.3)));
        assertThat(solution.statistics().longestStep()).isLessThanOrEqualTo(0.3);
        assertThat(solution.statistics().steps()).isGreaterThanOrEqualTo(67);
    }

    @Test
    void kindsAndRankSayWhatItIsFor() {
        assertThat(new RosenbrockSolver().description().kinds())
                .containsExactlyInAnyOrder(
                        SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS,
                        SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS,
                        SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS);
    }
}
