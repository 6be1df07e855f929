package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StateChange;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

@Tag("SR-306")
class OdeEventTest {

    private static final String SOLVERS = "org.oncotwin.solver.ode.Equations#solvers";
    private static final SimulationTime NINE_AND_A_MILLISECOND =
            SimulationTime.ofDays(0.375).plusMilliseconds(1);

    private static OdeProblem decay(double... parameters) {
        return Equations.problem(Equations.DECAY, 2, Equations.numbers(1), parameters, 1e-12, 0);
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aDoseActsAtItsMillisecond(OdeSolver solver) {
        List<Double> asked = new ArrayList<>();
        OdeSystem system = Equations.of(List.of("drug"), 0, (day, y, p, dy) -> {
            asked.add(day);
            dy[0] = -3 * y[0];
        });
        double dose = NINE_AND_A_MILLISECOND.days();
        double before = NINE_AND_A_MILLISECOND.plusMilliseconds(-1).days();
        OdeSolution solution = Equations.solve(
                solver,
                Equations.problem(system, 2, Equations.numbers(1), Equations.numbers(), 1e-12, 0)
                        .withEvents(List.of(OdeEvent.add(NINE_AND_A_MILLISECOND, 0, 5)))
                        .withOutputs(before, dose));
        assertThat(solution.outputs()[0][0]).isCloseTo(Math.exp(-3 * before), offset(1e-11));
        assertThat(solution.outputs()[1][0]).isCloseTo(5 + Math.exp(-3 * dose), offset(1e-11));
        assertThat(solution.state()[0]).isCloseTo(Math.exp(-6) + 5 * Math.exp(-3 * (2 - dose)), offset(1e-11));
        // One step ends and another starts exactly there.
        assertThat(asked).contains(dose);
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void eventsOfOneInstantActInTheirOrder(OdeSolver solver) {
        SimulationTime noon = SimulationTime.ofDays(0.5);
        StateChange triple = (day, state, parameters) -> state[0] *= 3;
        OdeEvent first = OdeEvent.add(noon, 0, 2);
        OdeEvent second = new OdeEvent(noon, triple);
        OdeProblem still = decay(0, 0);
        assertThat(Equations.solve(solver, still.withEvents(List.of(first, second)))
                        .state())
                .containsExactly(9);
        assertThat(Equations.solve(solver, still.withEvents(List.of(second, first)))
                        .state())
                .containsExactly(5);
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void anEventAtTheStartActsBeforeTheFirstStepAndParametersStayChanged(OdeSolver solver) {
        OdeSolution solution = Equations.solve(
                solver,
                decay(1, 0)
                        .withEvents(List.of(
                                OdeEvent.set(SimulationTime.ZERO, 1, 4),
                                OdeEvent.set(SimulationTime.ofDays(1), 1, 0),
                                OdeEvent.add(SimulationTime.ZERO, 0, 1)))
                        .withOutputs(0));
        assertThat(solution.outputs()[0]).containsExactly(2);
        assertThat(solution.state()[0]).isCloseTo((4 + (2 - 4) * Math.exp(-1)) * Math.exp(-1), offset(1e-10));
        assertThat(solution.parameters()).containsExactly(1, 0);
    }

    /** Whatever else is asked for: a run that stops at every event gives the bits of one that goes through. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aRestartAtAnEventGivesTheSameBits(OdeSolver solver) {
        SimulationTime[] times = {
            SimulationTime.ZERO,
            new SimulationTime(1),
            NINE_AND_A_MILLISECOND,
            SimulationTime.ofDays(7.77),
            SimulationTime.ofDays(20)
        };
        double[] parameters = {1.1, 0.4, 0.1, 0.4};
        OdeProblem whole = Equations.problem(
                        Equations.PREDATOR_AND_PREY, 20, Equations.numbers(10, 5), parameters, 1e-9, 1e-9)
                .withNonNegative(List.of(0, 1));
        List<OdeEvent> doses = new ArrayList<>();
        for (int n = 1; n < 4; n++) {
            doses.add(OdeEvent.add(times[n], 0, n));
        }
        OdeSolution through = Equations.solve(
                solver, whole.withEvents(doses).withOutputs(1, 2, 3).withTrajectory());
        double[] state = {10, 5};
        for (int n = 0; n < 4; n++) {
            OdeProblem part = OdeProblem.of(
                            whole.system(), new Interval(times[n], times[n + 1]), state, parameters, whole.tolerance())
                    .withEvents(n == 0 ? List.of() : List.of(doses.get(n - 1)))
                    .withNonNegative(List.of(0, 1));
            state = Equations.solve(solver, part).state();
        }
        assertThat(through.state()).isEqualTo(state);
    }

    /** Every event begins anew, which takes 15 evaluations: 140,000 events need more than the bound for one stretch. */
    @Test
    void manyEventsAreNoHardEquations() {
        List<OdeEvent> events = new ArrayList<>();
        for (int n = 0; n < 140_000; n++) {
            events.add(OdeEvent.add(new SimulationTime(n), 0, 1));
        }
        OdeSolution solution =
                Equations.solve(new DormandPrince853Solver(), decay(0.5, 0).withEvents(events));
        assertThat(solution.statistics().evaluations()).isGreaterThan(Effort.MOST_EVALUATIONS);
        // A dose of 1 per ms for 140 s; the first decays for that much longer.
        double perDay = 86_400_000;
        double rate = 0.5 / perDay;
        double expected =
                Math.exp(-1) + Math.exp(-1) * Math.expm1(140_000 * rate) / -Math.expm1(-rate) * Math.exp(-rate);
        assertThat(solution.state()[0] / expected).isCloseTo(1, offset(1e-9));
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void anEventThatLeavesNoNumberIsNamed(OdeSolver solver) {
        OdeEvent spoils = new OdeEvent(NINE_AND_A_MILLISECOND, (day, state, parameters) -> state[0] = Double.NaN);
        assertThatThrownBy(() -> Equations.solve(solver, decay(1, 0).withEvents(List.of(spoils))))
                .isInstanceOf(SolverException.class)
                .hasMessage("at day " + NINE_AND_A_MILLISECOND.days() + " an event makes drug NaN");
        OdeEvent parameter = OdeEvent.set(NINE_AND_A_MILLISECOND, 1, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> Equations.solve(solver, decay(1, 0).withEvents(List.of(parameter))))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("parameter 1 Infinity");
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void anEventThatTakesMoreThanThereIsIsNamed(OdeSolver solver) {
        OdeProblem problem = decay(1, 0)
                .withEvents(List.of(OdeEvent.add(SimulationTime.ofDays(1), 0, -2)))
                .withNonNegative(List.of(0));
        assertThatThrownBy(() -> Equations.solve(solver, problem))
                .isInstanceOf(SolverException.class)
                .hasMessageStartingWith("at day 1.0 an event makes drug -1.63")
                .hasMessageContaining("shall not be negative");
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aParameterThatIsNoNumberIsNamed(OdeSolver solver) {
        assertThatThrownBy(() -> Equations.solve(solver, decay(1, Double.NaN)))
                .isInstanceOf(SolverException.class)
                .hasMessage("at day 0.0 parameter 1 is NaN");
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void theNextEventKeepsASolutionFromBeingSteady(OdeSolver solver) {
        OdeProblem problem = Equations.problem(
                        Equations.LOGISTIC, 500, Equations.numbers(100), Equations.numbers(0.5, 100), 1e-8, 1e-8)
                .withEvents(List.of(OdeEvent.add(SimulationTime.ofDays(50), 0, -90)))
                .untilSteady(1e-6)
                .withOutputs(10, 49, 499);
        OdeSolution solution = Equations.solve(solver, problem);
        assertThat(solution.end()).isEqualTo(OdeSolution.End.STEADY_STATE);
        // The rate falls to a millionth of the volume at exp(-t/2) 9 * 0.5 = 1e-6, 30.6 days after the dose.
        assertThat(solution.day()).isBetween(80.0, 95.0);
        assertThat(solution.state()[0]).isCloseTo(100, offset(1e-3));
        assertThat(solution.outputs()).hasNumberOfRows(2);
    }
}
