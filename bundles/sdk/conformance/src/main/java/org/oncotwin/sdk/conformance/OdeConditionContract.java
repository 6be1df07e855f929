package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCondition.Crossing;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.StateChange;
import org.oncotwin.api.twin.SimulationTime;

/** Laws of {@link OdeCondition}, which bind solvers that offer {@link SolverFeature#CONDITIONS}. */
abstract class OdeConditionContract extends OdeOutputContract {

    OdeConditionContract() {}

    @Test
    @DisplayName("Law 2, a step is a step: conditions are found where they are met, rising, falling or either")
    void crossingsMeetClosedForms() {
        onlyIf(SolverFeature.CONDITIONS);
        // cos t is 0 at half, one and a half, two and a half ... times pi.
        OdeProblem circle = circle(20, 1e-10).withLargestStep(OptionalDouble.of(0.5));
        for (Crossing crossing : Crossing.values()) {
            double first = crossing == Crossing.RISING ? 1.5 : 0.5;
            double apart = crossing == Crossing.EITHER ? 1 : 2;
            int expected = (int) Math.floor((20 / Math.PI - first) / apart) + 1;
            List<OdeCrossing> found = solve(circle.withConditions(List.of(level("axis", 0, crossing, 1e-9))))
                    .crossings();
            assertThat(found).as("%s", crossing).hasSize(expected);
            for (int n = 0; n < expected; n++) {
                assertThat(found.get(n).condition()).isEqualTo("axis");
                assertDay(found.get(n).day(), (first + apart * n) * Math.PI, 1e-9, 1e-10, crossing + " " + n);
            }
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: the tolerance of a condition is kept")
    void toleranceOfAConditionIsKept() {
        onlyIf(SolverFeature.CONDITIONS);
        double closed = 2 * StrictMath.log(8);
        for (double tolerance : new double[] {1e-2, 1e-5, 1e-9}) {
            OdeSolution solution = solve(compartment(0, 10, 8, 0.5, 0, 1e-10)
                    .withConditions(List.of(level("one", 1, Crossing.FALLING, tolerance))));
            assertThat(solution.crossings()).hasSize(1);
            assertDay(solution.crossings().get(0).day(), closed, tolerance, 1e-10, "tolerance " + tolerance);
        }
    }

    @Test
    @DisplayName("Law 3, nothing hides: a condition that changes and ends nothing changes no bit of the end")
    void watchingChangesNoBit() {
        onlyIf(SolverFeature.CONDITIONS);
        for (OdeProblem course : courses()) {
            OdeSolution watched = solve(course.withConditions(List.of(level("level", 1.4, Crossing.EITHER, 1e-9))));
            assertThat(watched.crossings()).isNotEmpty();
            assertThat(watched.state()).isEqualTo(solve(course).state());
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: a condition changes the state where it is met, again and again")
    void changeHappensWhereTheConditionIsMet() {
        onlyIf(SolverFeature.CONDITIONS);
        // From 4 to 1 in ln 4 / 0.5 days, and back to 4.
        double apart = 2 * StrictMath.log(4);
        OdeCondition refill = changing("refill", 1, Crossing.FALLING, (day, state, parameters) -> state[0] += 3);
        OdeSolution solution = solve(compartment(0, 20, 4, 0.5, 0, 1e-10)
                .withConditions(List.of(refill))
                .withTrajectory()
                .withOutputs(1, 11));
        int expected = (int) Math.floor(20 / apart);
        assertThat(solution.crossings()).hasSize(expected);
        for (int n = 0; n < expected; n++) {
            assertDay(solution.crossings().get(n).day(), (n + 1) * apart, (n + 1) * 1e-9, 1e-9, "refill " + n);
        }
        double slack = 1e-9;
        assertClose(solution.state()[0], 4 * StrictMath.exp(-0.5 * (20 - expected * apart)), slack, "end");
        int before = (int) Math.floor(11 / apart);
        assertClose(solution.outputs()[1][0], 4 * StrictMath.exp(-0.5 * (11 - before * apart)), slack, "day 11");
        assertThat(at(solution, 11)).isEqualTo(solution.outputs()[1]);
        assertThat(solution.end()).isEqualTo(OdeSolution.End.INTERVAL);
    }

    @Test
    @DisplayName("Law 2, a step is a step: a condition that ends the solution ends it there, after its change")
    void conditionEndsTheSolution() {
        onlyIf(SolverFeature.CONDITIONS);
        OdeCondition end = new OdeCondition(
                "gone",
                (day, state, parameters) -> state[0] - 1,
                Crossing.FALLING,
                Optional.of((day, state, parameters) -> {
                    state[0] = 7;
                    parameters[1] = 3;
                }),
                true,
                1e-9);
        OdeSolution solution = solve(compartment(0, 20, 4, 0.5, 0, 1e-10)
                .withEvents(List.of(OdeEvent.add(SimulationTime.ofDays(9), 0, 100)))
                .withConditions(List.of(end))
                .withOutputs(0, 1, 2, 3, 4, 9, 20)
                .withTrajectory());
        assertThat(solution.end()).isEqualTo(OdeSolution.End.CONDITION);
        assertDay(solution.day(), 2 * StrictMath.log(4), 1e-9, 1e-10, "end");
        assertThat(solution.state()).containsExactly(7);
        assertThat(solution.parameters()).containsExactly(0.5, 3, 0);
        assertThat(solution.outputs()).as("days 0, 1 and 2").hasNumberOfRows(3);
        assertThat(solution.crossings()).containsExactly(new OdeCrossing("gone", solution.day()));
        assertThat(solution.trajectory().orElseThrow().end()).isEqualTo(solution.day());
        assertThat(at(solution, solution.day())).containsExactly(7);
    }

    @Test
    @DisplayName(
            "Law 2, a step is a step: crossings come in the order of time, and what a change prevents does not happen")
    void crossingsComeInTheOrderOfTime() {
        onlyIf(SolverFeature.CONDITIONS);
        // A ramp, of which one step may cover all.
        OdeProblem ramp = compartment(0, 10, 0, 0, 1);
        List<OdeCondition> listed = List.of(
                level("third", 3, Crossing.RISING, 1e-9),
                level("first", 1, Crossing.RISING, 1e-9),
                level("second", 2, Crossing.EITHER, 1e-9));
        assertThat(solve(ramp.withConditions(listed)).crossings())
                .extracting(OdeCrossing::condition)
                .containsExactly("first", "second", "third");
        OdeCondition stop = changing("stop", 2.5, Crossing.RISING, (day, state, parameters) -> parameters[1] = 0);
        OdeSolution stopped = solve(ramp.withConditions(List.of(listed.get(0), stop, listed.get(1), listed.get(2))));
        assertThat(stopped.crossings()).extracting(OdeCrossing::condition).containsExactly("first", "second", "stop");
        assertClose(stopped.state()[0], 2.5, TOLERANCE, "stopped");
        assertThat(stopped.parameters()[1]).isZero();
    }

    @Test
    @DisplayName("Law 2, a step is a step: a condition does not fire where it starts or where it has just fired")
    void conditionDoesNotFireAtItsOwnStart() {
        onlyIf(SolverFeature.CONDITIONS);
        OdeProblem ramp = compartment(0, 5.5, 0, 0, 1);
        assertThat(solve(ramp.withConditions(List.of(level("start", 0, Crossing.EITHER, 1e-9))))
                        .crossings())
                .isEmpty();
        // Up to 1 and down to 0 and up again: each change leaves its own function at 0.
        StateChange turn = (day, state, parameters) -> parameters[1] = -parameters[1];
        OdeSolution zigzag = solve(ramp.withConditions(
                List.of(changing("top", 1, Crossing.EITHER, turn), changing("bottom", 0, Crossing.EITHER, turn))));
        assertThat(zigzag.crossings())
                .extracting(OdeCrossing::condition)
                .containsExactly("top", "bottom", "top", "bottom", "top");
        for (int n = 0; n < 5; n++) {
            assertDay(zigzag.crossings().get(n).day(), n + 1, 2 * (n + 1) * 1e-9, 1e-9, "turn " + n);
        }
        assertClose(zigzag.state()[0], 0.5, 1e-8, "half way down");
    }

    @Test
    @DisplayName("Law 2, a step is a step: a jump over a condition at an event is no crossing")
    void jumpIsNoCrossing() {
        onlyIf(SolverFeature.CONDITIONS);
        OdeSolution solution = solve(compartment(0, 4, 0, 0, 1)
                .withEvents(List.of(OdeEvent.add(SimulationTime.ofDays(1), 0, 5)))
                .withConditions(
                        List.of(level("jumped", 3, Crossing.EITHER, 1e-9), level("eight", 8, Crossing.RISING, 1e-9))));
        assertThat(solution.crossings()).extracting(OdeCrossing::condition).containsExactly("eight");
        assertDay(solution.crossings().get(0).day(), 3, 1e-9, TOLERANCE, "eight");
    }

    @Test
    @DisplayName("Law 7, everything ends: a condition that is met without end is an error that names it and the time")
    void chatteringEnds() {
        onlyIf(SolverFeature.CONDITIONS);
        // Every millionth of a day it falls back by a millionth: a thousand times in a thousandth of a day.
        OdeCondition back = changing("relapse", 1, Crossing.RISING, (day, state, parameters) -> state[0] -= 1e-6);
        OdeProblem chattering = compartment(20_000, 20_005, 0, 0, 1).withConditions(List.of(back));
        Throwable failure = assertFails(chattering, "relapse");
        SolverAssertions.assertNamesTime(failure, interval(20_000.999, 20_001.01));
        // A few hundred times are no chattering.
        OdeCondition rarely = changing("relapse", 1, Crossing.RISING, (day, state, parameters) -> state[0] -= 0.01);
        assertThat(solve(compartment(0, 9.005, 0, 0, 1).withConditions(List.of(rarely)))
                        .crossings())
                .hasSize(801);
    }

    @Test
    @DisplayName("Law 5, bounds hold: a condition that is no number is named, with the time")
    void conditionThatIsNoNumber() {
        onlyIf(SolverFeature.CONDITIONS);
        OdeCondition root = new OdeCondition(
                "root",
                (day, state, parameters) -> StrictMath.sqrt(state[0] - 1),
                Crossing.FALLING,
                Optional.empty(),
                false,
                1e-6);
        OdeProblem problem = compartment(20_000, 20_010, 4, 0.5, 0).withConditions(List.of(root));
        SolverAssertions.assertNamesTime(assertFails(problem, "root"), problem.interval());
    }

    @Test
    @DisplayName("Law 10, the log can prove it: a feature that is not offered is refused, not passed over")
    void featuresNotOfferedAreRefused() {
        OdeProblem problem = compartment(0, 1, 1, 1, 0);
        if (!offers(SolverFeature.CONDITIONS)) {
            assertFails(problem.withConditions(List.of(level("level", 0.5, Crossing.EITHER, 1e-6))));
        }
        if (!offers(SolverFeature.SENSITIVITIES)) {
            assertFails(problem.alongDirections(List.of(OdeDirection.ofParameter(problem.system(), 0))));
        }
        if (!solvesNonlinear()) {
            assertFails(logistic(0, 1, 1, TOLERANCE));
        }
    }

    /** Component 0 meets a level; nothing changes or ends. */
    static OdeCondition level(String name, double level, Crossing crossing, double tolerance) {
        return new OdeCondition(
                name, (day, state, parameters) -> state[0] - level, crossing, Optional.empty(), false, tolerance);
    }

    /** Component 0 meets a level and something changes, to a thousand-millionth of a day. */
    static OdeCondition changing(String name, double level, Crossing crossing, StateChange change) {
        return new OdeCondition(
                name, (day, state, parameters) -> state[0] - level, crossing, Optional.of(change), false, 1e-9);
    }

    /** Within the tolerance of the condition beside the error of the solution. */
    private void assertDay(double actual, double expected, double condition, double solution, String what) {
        assertThat(Math.abs(actual - expected))
                .as("%s: error of day %s against %s", what, actual, expected)
                .isLessThanOrEqualTo(condition + solution * errorPerTolerance());
    }
}
