package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCondition.Crossing;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StateChange;

class OdeConditionTest {

    private static final String SOLVERS = "org.oncotwin.solver.ode.Equations#solvers";

    private static OdeCondition condition(
            String name, OdeCondition.Function function, Crossing crossing, StateChange change, boolean ends) {
        return new OdeCondition(name, function, crossing, Optional.ofNullable(change), ends, 1e-9);
    }

    private static OdeProblem oscillator(OdeCondition... conditions) {
        return Equations.problem(Equations.OSCILLATOR, 20, Equations.numbers(1, 0), Equations.numbers(), 1e-11, 1e-11)
                .withConditions(List.of(conditions));
    }

    private static OdeProblem ramp(double start, OdeCondition... conditions) {
        return Equations.problem(Equations.DECAY, 10, Equations.numbers(start), Equations.numbers(0, 1), 1e-10, 1e-10)
                .withConditions(List.of(conditions));
    }

    /** cos t = 0.9999 at 2 pi n +- 0.0141: two crossings within 0.03 d, which steps of 0.01 d cannot miss. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void findsBothCrossingsOfATouchWhereStepsAreShortEnough(OdeSolver solver) {
        OdeCondition near = condition("near", (day, y, p) -> y[0] - 0.9999, Crossing.EITHER, null, false);
        List<OdeCrossing> crossings = Equations.solve(solver, oscillator(near).withLargestStep(OptionalDouble.of(0.01)))
                .crossings();
        double half = Math.acos(0.9999);
        double[] expected = {
            half,
            2 * Math.PI - half,
            2 * Math.PI + half,
            4 * Math.PI - half,
            4 * Math.PI + half,
            6 * Math.PI - half,
            6 * Math.PI + half
        };
        assertThat(crossings).hasSize(expected.length);
        for (int n = 0; n < expected.length; n++) {
            // An error of the state of 1e-10 moves the time by 1e-10 / sin(half) = 7e-9.
            assertThat(crossings.get(n).day()).isCloseTo(expected[n], offset(3e-8));
        }
    }

    /** The function touches 0 and turns back, which is no crossing. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aTouchIsNoCrossing(OdeSolver solver) {
        OdeCondition touch = condition("touch", (day, y, p) -> (y[0] - 5) * (y[0] - 5), Crossing.EITHER, null, false);
        assertThat(Equations.solve(solver, ramp(0, touch)).crossings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aFunctionThatIsZeroAtTheEndOfAStepIsMetOnce(OdeSolver solver) {
        // Steps end at whole days, after the first few.
        OdeCondition five = condition("five", (day, y, p) -> day - 5, Crossing.RISING, null, false);
        OdeProblem problem = ramp(0, five).withLargestStep(OptionalDouble.of(0.5));
        assertThat(Equations.solve(solver, problem).crossings())
                .singleElement()
                .satisfies(crossing -> assertThat(crossing.day()).isCloseTo(5, offset(1e-9)));
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void conditionsThatAreMetTogetherActInTheirOrder(OdeSolver solver) {
        OdeCondition.Function level = (day, y, p) -> y[0] - 5;
        OdeCondition add = condition("add", level, Crossing.RISING, (day, y, p) -> y[0] += 10, false);
        OdeCondition triple = condition("triple", level, Crossing.RISING, (day, y, p) -> y[0] *= 3, false);
        OdeSolution addFirst = Equations.solve(solver, ramp(0, add, triple));
        assertThat(addFirst.crossings()).extracting(OdeCrossing::condition).containsExactly("add", "triple");
        assertThat(addFirst.state()[0]).isCloseTo(50, offset(1e-7));
        OdeSolution tripleFirst = Equations.solve(solver, ramp(0, triple, add));
        assertThat(tripleFirst.crossings()).extracting(OdeCrossing::condition).containsExactly("triple", "add");
        assertThat(tripleFirst.state()[0]).isCloseTo(30, offset(1e-7));
    }

    /** The condition's own function does not move with its change. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aChangeThatLeavesTheFunctionAtZeroHappensOnce(OdeSolver solver) {
        OdeCondition infusion =
                condition("infusion", (day, y, p) -> y[0] - 5, Crossing.EITHER, (day, y, p) -> p[1] = 2, false);
        OdeSolution solution = Equations.solve(solver, ramp(0, infusion));
        assertThat(solution.crossings()).hasSize(1);
        assertThat(solution.state()[0]).isCloseTo(15, offset(1e-7));
        assertThat(solution.parameters()).containsExactly(0, 2);
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void theSolutionEndsWhereAConditionSaysSo(OdeSolver solver) {
        OdeCondition early = condition("early", (day, y, p) -> y[0] - 1, Crossing.RISING, null, false);
        OdeCondition end = condition("end", (day, y, p) -> y[0] - 5, Crossing.RISING, (day, y, p) -> y[0] = 1, true);
        OdeCondition late = condition("late", (day, y, p) -> y[0] - 6, Crossing.RISING, null, false);
        OdeSolution solution = Equations.solve(
                solver, ramp(0, late, end, early).withOutputs(1, 4, 6).withTrajectory());
        assertThat(solution.end()).isEqualTo(OdeSolution.End.CONDITION);
        assertThat(solution.day()).isCloseTo(5, offset(1e-9));
        assertThat(solution.state()).containsExactly(1);
        assertThat(solution.outputs()).hasNumberOfRows(2);
        assertThat(solution.crossings()).extracting(OdeCrossing::condition).containsExactly("early", "end");
        double[] state = new double[1];
        solution.trajectory().orElseThrow().at(solution.day(), state);
        assertThat(state).containsExactly(1);
        assertThatThrownBy(() -> solution.trajectory().orElseThrow().at(5.1, state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5.1");
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void chatteringIsAnErrorThatNamesConditionAndTime(OdeSolver solver) {
        OdeCondition relapse =
                condition("relapse", (day, y, p) -> y[0] - 5, Crossing.RISING, (day, y, p) -> y[0] -= 1e-6, false);
        assertThatThrownBy(() -> Equations.solve(solver, ramp(0, relapse)))
                .isInstanceOf(SolverException.class)
                .hasMessageStartingWith("at day 5.00")
                .hasMessageContaining("'relapse'")
                .hasMessageContaining("1001th");
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aFunctionThatIsNoNumberIsNamed(OdeSolver solver) {
        OdeCondition root = condition("root", (day, y, p) -> Math.sqrt(4 - y[0]), Crossing.FALLING, null, false);
        assertThatThrownBy(() -> Equations.solve(solver, ramp(0, root)))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("'root' is NaN")
                .hasMessageStartingWith("at day ");
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aChangeThatLeavesNoNumberIsNamed(OdeSolver solver) {
        OdeCondition spoils =
                condition("spoils", (day, y, p) -> y[0] - 5, Crossing.RISING, (day, y, p) -> y[0] = Double.NaN, false);
        assertThatThrownBy(() -> Equations.solve(solver, ramp(0, spoils)))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("condition 'spoils' makes drug NaN");
    }

    /** A ball that bounces with 0.8 of its speed: the flights last a geometric series, and so do the crossings. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aBallBouncesWhereItShould(OdeSolver solver) {
        OdeCondition floor =
                condition("floor", (day, y, p) -> y[0], Crossing.FALLING, (day, y, p) -> y[1] *= -0.8, false);
        OdeProblem ball = Equations.problem(
                        Equations.of(List.of("height", "speed"), 0, (day, y, p, dy) -> {
                            dy[0] = y[1];
                            dy[1] = -2;
                        }),
                        8,
                        Equations.numbers(1, 0),
                        Equations.numbers(),
                        1e-10,
                        1e-10)
                .withConditions(List.of(floor));
        List<OdeCrossing> bounces = Equations.solve(solver, ball).crossings();
        // Falls for 1 day, then flies for 2 * 0.8^n days.
        double expected = 1;
        double flight = 1.6;
        assertThat(bounces).hasSizeGreaterThan(5);
        for (OdeCrossing bounce : bounces) {
            assertThat(bounce.day()).isCloseTo(expected, offset(1e-7));
            expected += flight;
            flight *= 0.8;
        }
    }
}
