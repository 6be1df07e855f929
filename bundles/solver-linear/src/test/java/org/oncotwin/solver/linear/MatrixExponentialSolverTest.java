package org.oncotwin.solver.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCondition.Crossing;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.solver.StateChange;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;

/** The contract of solvers, with linear equations. */
class MatrixExponentialSolverTest {

    private static final LinearOdeSystem DECAY = Linear.system(1, 2, (p, a) -> a[0] = -p[0], (p, b) -> b[0] = p[1]);

    private final MatrixExponentialSolver solver = new MatrixExponentialSolver();

    // ---- Time and events ----

    @Test
    @DisplayName("events act to the millisecond, those of one instant in their order, one at the start before all else")
    void events() {
        SimulationTime noon = new SimulationTime(12 * 3_600_000L + 1);
        OdeProblem problem = Linear.withEvents(
                Linear.problem(DECAY, 0, 2, new double[] {8}, 0.7, 0),
                new OdeEvent(noon, (day, y, p) -> y[0] += 3),
                new OdeEvent(noon, (day, y, p) -> y[0] *= 2),
                new OdeEvent(SimulationTime.ZERO, (day, y, p) -> y[0] += 1));
        double until = noon.days();
        double expected = 2 * (9 * StrictMath.exp(-0.7 * until) + 3) * StrictMath.exp(-0.7 * (2 - until));
        assertThat(solve(problem).state()[0]).isEqualTo(expected, within(1e-14));
        assertThat(solve(problem).statistics().steps()).isEqualTo(2);
    }

    @Tag("SR-306")
    @Test
    @DisplayName("changes are told the day at which they act")
    void dayOfEvents() {
        List<Double> told = new ArrayList<>();
        StateChange tell = (day, y, p) -> told.add(day);
        OdeProblem problem = Linear.problem(DECAY, 3, 6, new double[] {1}, 0, 1);
        solve(Linear.withEvents(
                        problem,
                        new OdeEvent(SimulationTime.ofDays(3), tell),
                        new OdeEvent(SimulationTime.ofDays(4.25), tell))
                .withConditions(List.of(new OdeCondition(
                        "three", (day, y, p) -> y[0] - 3, Crossing.RISING, Optional.of(tell), false, 1e-12))));
        assertThat(told).hasSize(3).containsSequence(3.0, 4.25);
        assertThat(told.get(2)).isEqualTo(5, within(1e-11));
    }

    @Test
    @DisplayName("outputs and trajectory show the state after an event, and the end state at the end")
    void outputsAfterEvents() {
        OdeProblem problem = Linear.withEvents(
                        Linear.problem(DECAY, 0, 2, new double[] {8}, 0.7, 0),
                        Linear.bolus(0, 0, 1),
                        Linear.bolus(1, 0, 5))
                .withOutputs(0, 1, 2)
                .withTrajectory();
        OdeSolution solution = solve(problem);
        double[][] outputs = solution.outputs();
        assertThat(outputs[0][0]).isEqualTo(9);
        assertThat(outputs[1][0]).isEqualTo(9 * StrictMath.exp(-0.7) + 5, within(1e-14));
        assertThat(outputs[2]).isEqualTo(solution.state());
        OdeTrajectory trajectory = solution.trajectory().orElseThrow();
        double[] at = new double[1];
        for (int day = 0; day <= 2; day++) {
            trajectory.at(day, at);
            assertThat(at).isEqualTo(outputs[day]);
        }
        assertThat(trajectory.start()).isZero();
        assertThat(trajectory.end()).isEqualTo(2);
        assertThatThrownBy(() -> trajectory.at(2.1, at)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("outputs, trajectory and conditions without a change do not change a bit of the end state")
    void lookingChangesNothing() {
        OdeProblem plain = dosing(7);
        double[] state = solve(plain).state();
        assertThat(solve(plain.withOutputs(0.3, 0.77, 3.1)).state()).isEqualTo(state);
        assertThat(solve(plain.withTrajectory()).state()).isEqualTo(state);
        assertThat(solve(plain.withConditions(List.of(condition("level", (day, y, p) -> y[1] - 20))))
                        .state())
                .isEqualTo(state);
        assertThat(solve(plain.withLargestStep(Linear.days(0.01))).state()).isEqualTo(state);
        assertThat(solve(plain.alongDirections(List.of(OdeDirection.ofParameter(plain.system(), Linear.KA))))
                        .state())
                .isEqualTo(state);
    }

    @Test
    @DisplayName("outputs are those of the trajectory, to the bit")
    void outputsAreTheTrajectory() {
        double[] days = {0, 0.1, 0.5, 0.9, 1.7, 3, 6.99, 7};
        OdeSolution solution = solve(dosing(7).withOutputs(days).withTrajectory());
        double[] at = new double[4];
        for (int i = 0; i < days.length; i++) {
            solution.trajectory().orElseThrow().at(days[i], at);
            assertThat(at).as("day %s", days[i]).isEqualTo(solution.outputs()[i]);
        }
    }

    @Tag("SR-306")
    @Test
    @DisplayName("a run that is stopped at an event and started again gives the same bits")
    void restart() {
        double[] through = solve(dosing(7)).state();
        List<OdeEvent> events = dosing(7).events();
        SimulationTime middle = SimulationTime.ofDays(3);
        OdeProblem first = Linear.problem(Linear.pharmacokinetics(), 0, 3, new double[4], Linear.parameters())
                .withEvents(
                        events.stream().filter(e -> e.time().isBefore(middle)).toList());
        OdeSolution half = solve(first);
        OdeProblem second = Linear.problem(Linear.pharmacokinetics(), 3, 7, half.state(), half.parameters())
                .withEvents(
                        events.stream().filter(e -> !e.time().isBefore(middle)).toList());
        assertThat(solve(second).state()).isEqualTo(through);
    }

    @Test
    @DisplayName("equations of 0 leave every bit as it was")
    void zero() {
        double[] initial = {0, 1.0 / 3, -7e12, 1e-300};
        assertThat(solve(Linear.problem(Linear.fixed(new double[16], 0, 0, 0, 0), 3, 50, initial))
                        .state())
                .isEqualTo(initial);
    }

    // ---- Conditions ----

    @Test
    @DisplayName("a condition is found on the exact solution, to its tolerance, in both directions")
    void crossings() {
        // cos(t) from an oscillator crosses 0 at pi/2, 3 pi/2, 5 pi/2.
        OdeProblem problem = Linear.problem(Linear.fixed(new double[] {0, -1, 1, 0}, 0, 0), 5, 14, new double[] {1, 0});
        for (Crossing crossing : Crossing.values()) {
            List<OdeCrossing> found = solve(problem.withConditions(List.of(
                            new OdeCondition("zero", (day, y, p) -> y[0], crossing, Optional.empty(), false, 1e-9))))
                    .crossings();
            List<Double> expected = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                if (crossing == Crossing.EITHER || (k % 2 == 0) == (crossing == Crossing.FALLING)) {
                    expected.add(5 + (k + 0.5) * Math.PI);
                }
            }
            assertThat(found).hasSameSizeAs(expected);
            for (int k = 0; k < found.size(); k++) {
                assertThat(found.get(k).condition()).isEqualTo("zero");
                assertThat(found.get(k).day()).isEqualTo(expected.get(k), within(1e-9));
            }
        }
    }

    @Test
    @DisplayName("a change where a condition is met acts there, and the solver starts anew; nothing fires twice")
    void changeAtCondition() {
        // From 1 by exp(0.5 t); at 2 it is halved: every ln(2)/0.5 days.
        OdeCondition halve = new OdeCondition(
                "two", (day, y, p) -> y[0] - 2, Crossing.EITHER, Optional.of((day, y, p) -> y[0] /= 2), false, 1e-12);
        OdeProblem problem = Linear.problem(DECAY, 0, 10, new double[] {1}, -0.5, 0)
                .withConditions(List.of(halve))
                .withTrajectory();
        OdeSolution solution = solve(problem);
        double period = StrictMath.log(2) / 0.5;
        assertThat(solution.crossings()).hasSize((int) (10 / period));
        for (int k = 0; k < solution.crossings().size(); k++) {
            assertThat(solution.crossings().get(k).day()).isEqualTo((k + 1) * period, within(1e-10));
        }
        assertThat(solution.state()[0]).isEqualTo(StrictMath.exp(0.5 * (10 % period)), within(1e-10));
        double[] at = new double[1];
        solution.trajectory().orElseThrow().at(solution.crossings().get(2).day(), at);
        assertThat(at[0]).isEqualTo(1, within(1e-10));
    }

    @Test
    @DisplayName("a change of direction at a condition does not meet it again at once")
    void reflection() {
        // A ball between walls: position and velocity, no force. EITHER, and the wall is left on the side it was met
        // from.
        OdeCondition wall = new OdeCondition(
                "wall", (day, y, p) -> y[0] - 1, Crossing.EITHER, Optional.of((day, y, p) -> y[1] = -1), false, 1e-9);
        OdeSolution solution =
                solve(Linear.problem(Linear.fixed(new double[] {0, 1, 0, 0}, 0, 0), 0, 3, new double[] {0, 1})
                        .withConditions(List.of(wall)));
        assertThat(solution.crossings()).hasSize(1);
        assertThat(solution.state()[0]).isEqualTo(-1, within(1e-8));
    }

    @Test
    @DisplayName(
            "a condition ends the solution after its change; outputs end there, crossings before it are listed in order")
    void endingCondition() {
        OdeCondition early = condition("one and a half", (day, y, p) -> y[0] - 1.5);
        OdeCondition later = condition("three", (day, y, p) -> y[0] - 3);
        OdeCondition end = new OdeCondition(
                "two", (day, y, p) -> y[0] - 2, Crossing.RISING, Optional.of((day, y, p) -> y[0] = 7), true, 1e-12);
        OdeSolution solution = solve(Linear.problem(DECAY, 0, 10, new double[] {1}, -0.5, 0)
                .withConditions(List.of(later, end, early))
                .withOutputs(0.5, 1, 2)
                .withTrajectory());
        assertThat(solution.end()).isEqualTo(OdeSolution.End.CONDITION);
        assertThat(solution.day()).isEqualTo(StrictMath.log(2) / 0.5, within(1e-11));
        assertThat(solution.state()).containsExactly(7);
        assertThat(solution.outputs()).hasNumberOfRows(2);
        assertThat(solution.crossings()).extracting(OdeCrossing::condition).containsExactly("one and a half", "two");
        assertThat(solution.trajectory().orElseThrow().end()).isEqualTo(solution.day());
        double[] at = new double[1];
        solution.trajectory().orElseThrow().at(solution.day(), at);
        assertThat(at).containsExactly(7);
    }

    @Test
    @DisplayName("0 at the start is no crossing; 0 at the very end is one, also where an event is")
    void zeroAtTheEnds() {
        // y = t.
        OdeProblem problem = Linear.problem(Linear.fixed(new double[] {0}, 1), 0, 2, new double[1]);
        OdeSolution solution = solve(Linear.withEvents(problem, OdeEvent.restart(SimulationTime.ofDays(1)))
                .withConditions(List.of(
                        condition("start", (day, y, p) -> y[0]),
                        condition("event", (day, y, p) -> y[0] - 1),
                        condition("end", (day, y, p) -> y[0] - 2))));
        assertThat(solution.crossings()).containsExactly(new OdeCrossing("event", 1), new OdeCrossing("end", 2));
    }

    @Test
    @DisplayName("a fast transient is not missed beside a slow one: rates that differ by 1e8")
    void stiffCondition() {
        // The fast component rises to 1 within 1e-8 days while the slow one falls in a day.
        OdeProblem problem =
                Linear.problem(Linear.fixed(new double[] {-1e8, 0, 0, -1}, 1e8, 0), 0, 5, new double[] {0, 1});
        List<OdeCrossing> found = solve(problem.withConditions(List.of(
                        new OdeCondition(
                                "half", (day, y, p) -> y[0] - 0.5, Crossing.RISING, Optional.empty(), false, 1e-15),
                        condition("third", (day, y, p) -> y[1] - 1.0 / 3))))
                .crossings();
        assertThat(found).hasSize(2);
        assertThat(found.get(0).day()).isEqualTo(1e-8 * StrictMath.log(2), within(2e-15));
        assertThat(found.get(1).day()).isEqualTo(StrictMath.log(3), within(1e-9));
    }

    @Test
    @DisplayName("a condition that is met without end is an error that names it and the time")
    void chattering() {
        OdeCondition always = new OdeCondition(
                "level", (day, y, p) -> y[0] - 1, Crossing.RISING, Optional.of((day, y, p) -> y[0] = 0.5), false, 1e-9);
        assertThatThrownBy(() -> solve(Linear.problem(DECAY, 0, 10, new double[] {0.5}, 0, 1000)
                        .withConditions(List.of(always))))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("'level'")
                .hasMessageContaining("1001th")
                .hasMessageContaining("day 0.5");
    }

    @Test
    @DisplayName("the solution ends where nothing moves, but not before the last event")
    void steadyState() {
        OdeProblem problem = Linear.withEvents(
                        Linear.problem(DECAY, 0, 1000, new double[] {0}, 2, 6), Linear.bolus(50, 0, 5))
                .untilSteady(1e-6)
                .withOutputs(10, 60, 900);
        OdeSolution solution = solve(problem);
        assertThat(solution.end()).isEqualTo(OdeSolution.End.STEADY_STATE);
        assertThat(solution.state()[0]).isEqualTo(3, within(1e-5));
        // 5 exp(-2 t) 2 = 1e-6 * 3 at 7.5 days; looked for in steps that grow by an eighth.
        assertThat(solution.day()).isBetween(57.4, 59.0);
        assertThat(solution.outputs().length).isEqualTo(solution.day() >= 60 ? 2 : 1);
        assertThat(solve(Linear.problem(DECAY, 0, 10, new double[] {1}, 2, 6).untilSteady(1e-12))
                        .end())
                .isEqualTo(OdeSolution.End.INTERVAL);
    }

    @Test
    @DisplayName("no step is longer than the longest asked for")
    void largestStep() {
        OdeSolution solution =
                solve(Linear.problem(DECAY, 0, 10, new double[] {1}, 0.1, 0).withLargestStep(Linear.days(0.3)));
        assertThat(solution.statistics().longestStep()).isLessThanOrEqualTo(0.3 * (1 + 1e-12));
        assertThat(solution.statistics().steps()).isGreaterThanOrEqualTo(34);
    }

    // ---- Derivatives ----

    @Tag("SR-604")
    @Test
    @DisplayName(
            "derivatives along parameters and initial state, over doses and infusions, are those of the closed form")
    void derivatives() {
        // k along direction 0, the initial amount along direction 1; a bolus of 3 at 1, an infusion of 2 from 1.5 to 2.
        OdeProblem problem = Linear.withEvents(
                        Linear.problem(DECAY, 0, 4, new double[] {10}, 0.7, 0),
                        Linear.bolus(1, 0, 3),
                        OdeEvent.set(SimulationTime.ofDays(1.5), 1, 2),
                        OdeEvent.set(SimulationTime.ofDays(2), 1, 0))
                .alongDirections(List.of(OdeDirection.ofParameter(DECAY, 0), OdeDirection.ofInitial(DECAY, 0)))
                .withOutputs(1, 4);
        OdeSolution solution = solve(problem);
        double k = 0.7;
        double closed = -4 * 10 * StrictMath.exp(-4 * k) - 3 * 3 * StrictMath.exp(-3 * k);
        // The infusion: 2/k (exp(-2 k) - exp(-2.5 k)) is left at day 4.
        double left = StrictMath.exp(-2 * k) - StrictMath.exp(-2.5 * k);
        closed += -2 / (k * k) * left + 2 / k * (-2 * StrictMath.exp(-2 * k) + 2.5 * StrictMath.exp(-2.5 * k));
        assertThat(solution.derivatives()[0][0]).isEqualTo(closed, within(1e-12));
        assertThat(solution.derivatives()[1][0]).isEqualTo(StrictMath.exp(-4 * k), within(1e-15));
        assertThat(solution.outputDerivatives()[0][0][0]).isEqualTo(-10 * StrictMath.exp(-k), within(1e-12));
        assertThat(solution.outputDerivatives()[1]).isEqualTo(solution.derivatives());
    }

    @Test
    @DisplayName("derivatives of a system whose coefficients are not linear in the parameters are those of differences")
    void derivativesOfPharmacokinetics() {
        double[] p = Linear.parameters();
        for (int parameter : new int[] {Linear.KA, Linear.CLEARANCE, Linear.VOLUME, Linear.DISTRIBUTION}) {
            OdeProblem problem = dosing(3);
            double[] derivative = solve(
                            problem.alongDirections(List.of(OdeDirection.ofParameter(problem.system(), parameter))))
                    .derivatives()[0];
            double[] expected = differences(
                    value -> {
                        double[] changed = p.clone();
                        changed[parameter] = value;
                        return solve(Linear.problem(Linear.pharmacokinetics(), 0, 3, new double[4], changed)
                                        .withEvents(dosing(3).events()))
                                .state();
                    },
                    p[parameter]);
            for (int i = 0; i < 4; i++) {
                assertThat(derivative[i]).isEqualTo(expected[i], within(1e-8 * Math.abs(expected[i]) + 1e-10));
            }
        }
    }

    @Test
    @DisplayName("a change that is not linear, with a parameter that changes with it, is differentiated")
    void derivativesOverNonlinearChange() {
        StateChange change = (day, y, p) -> {
            y[0] = y[0] * y[0] / (1 + p[0]);
            p[1] = 3 * p[0];
        };
        double[] derivative = solve(Linear.withEvents(
                                Linear.problem(DECAY, 0, 2, new double[] {4}, 0.7, 0),
                                new OdeEvent(SimulationTime.ofDays(1), change))
                        .alongDirections(List.of(OdeDirection.ofParameter(DECAY, 0))))
                .derivatives()[0];
        double[] expected = differences(
                k -> {
                    double before = 4 * StrictMath.exp(-k);
                    return new double[] {
                        before * before / (1 + k) * StrictMath.exp(-k) + 3 * k / k * -StrictMath.expm1(-k)
                    };
                },
                0.7);
        assertThat(derivative[0]).isEqualTo(expected[0], within(1e-9));
    }

    @Tag("SR-604")
    @Test
    @DisplayName("a condition with a change moves with the parameters, and the derivatives with it")
    void derivativesOverConditions() {
        // y = exp(k t) is reset to 1 at 2; the end is exp(k (T - m ln 2 / k)) = exp(k T) / 2^m.
        OdeCondition reset = new OdeCondition(
                "two", (day, y, p) -> y[0] - 2, Crossing.RISING, Optional.of((day, y, p) -> y[0] = 1), false, 1e-14);
        OdeProblem problem = Linear.problem(DECAY, 0, 5, new double[] {1}, -0.5, 0)
                .withConditions(List.of(reset))
                .alongDirections(List.of(OdeDirection.ofParameter(DECAY, 0), OdeDirection.ofInitial(DECAY, 0)));
        OdeSolution solution = solve(problem);
        int times = solution.crossings().size();
        assertThat(times).isEqualTo(3);
        double end = StrictMath.exp(0.5 * 5) / 8;
        // Towards a larger parameter the growth is slower.
        assertThat(solution.derivatives()[0][0]).isEqualTo(-5 * end, within(1e-10));
        assertThat(solution.derivatives()[1][0]).isEqualTo(end, within(1e-10));
    }

    @Test
    @DisplayName("where a condition ends the solution, derivatives are those of the state where it is met")
    void derivativesAtEndingCondition() {
        OdeCondition end =
                new OdeCondition("two", (day, y, p) -> y[0] - 2, Crossing.RISING, Optional.empty(), true, 1e-14);
        LinearOdeSystem system = Linear.system(
                2,
                1,
                (p, a) -> {
                    a[0] = p[0];
                    a[1] = 0;
                    a[2] = 0;
                    a[3] = 0;
                },
                (p, b) -> {
                    b[0] = 0;
                    b[1] = 1;
                });
        OdeSolution solution = solve(Linear.problem(system, 0, 5, new double[] {1, 0}, 0.5)
                .withConditions(List.of(end))
                .alongDirections(List.of(OdeDirection.ofParameter(system, 0))));
        // The first component is 2 there, the second the time ln 2 / k.
        assertThat(solution.derivatives()[0][0]).isEqualTo(0, within(1e-11));
        assertThat(solution.derivatives()[0][1]).isEqualTo(-StrictMath.log(2) / 0.25, within(1e-11));
    }

    // ---- Many problems ----

    @Test
    @DisplayName("many problems on any number of threads have the bits that each has alone")
    void solveAll() {
        List<OdeProblem> problems = cohort(60);
        List<OdeSolution> alone = problems.stream().map(this::solve).toList();
        for (int threads : new int[] {1, 2, 3, 5}) {
            List<OdeSolution> together = solver.solveAll(problems, new Execution(threads, Cancellation.NEVER));
            assertThat(together).hasSameSizeAs(alone);
            for (int k = 0; k < alone.size(); k++) {
                assertThat(together.get(k).state()).isEqualTo(alone.get(k).state());
                assertThat(together.get(k).outputs()).isDeepEqualTo(alone.get(k).outputs());
            }
        }
        assertThat(solver.solveAll(List.of(), Execution.sequential())).isEmpty();
    }

    @Test
    @DisplayName("the first problem that fails is named, however many fail")
    void solveAllNamesFirst() {
        List<OdeProblem> problems = new ArrayList<>(cohort(20));
        for (int k : new int[] {7, 8, 15}) {
            problems.set(k, Linear.problem(DECAY, 0, 1, new double[] {1}, Double.NaN, 0));
        }
        for (int threads : new int[] {1, 2, 5}) {
            assertThatThrownBy(() -> solver.solveAll(problems, new Execution(threads, Cancellation.NEVER)))
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("problem 7")
                    .hasMessageContaining("parameter 0 is NaN");
        }
        IllegalStateException thrown = new IllegalStateException("from the equations");
        problems.set(
                3,
                Linear.problem(
                        Linear.system(1, 0, (p, a) -> a[0] = 0, (p, b) -> {
                            throw thrown;
                        }),
                        0,
                        1,
                        new double[] {1}));
        assertThat(catchThrowable(() -> solver.solveAll(problems, new Execution(2, Cancellation.NEVER))))
                .isSameAs(thrown);
    }

    @Test
    @DisplayName("a solution that is cancelled ends as such, alone and among many")
    void cancellation() {
        AtomicInteger asked = new AtomicInteger();
        Cancellation soon = () -> asked.incrementAndGet() > 20;
        assertThat(catchThrowable(() -> solver.solve(dosing(100), new Execution(1, soon))))
                .isInstanceOf(CancellationException.class);
        asked.set(0);
        assertThat(catchThrowable(() -> solver.solveAll(cohort(100), new Execution(2, soon))))
                .isInstanceOf(CancellationException.class);
        // One exponential of a large system is cancelled as well.
        asked.set(0);
        assertThat(catchThrowable(() -> solver.solve(
                        Linear.problem(Linear.fixed(new double[10_000], new double[100]), 0, 1, new double[100]),
                        new Execution(1, () -> asked.incrementAndGet() > 4))))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    @DisplayName("a segment allocates nothing: not with conditions that are not met, nor with derivatives")
    void noAllocation() throws JMException {
        assertAllocatesNothing(problem -> problem);
        assertAllocatesNothing(problem -> problem.withConditions(List.of(condition("never", (day, y, p) -> y[1] + 1))));
        assertAllocatesNothing(problem ->
                problem.alongDirections(List.of(OdeDirection.ofParameter(problem.system(), Linear.CLEARANCE))));
    }

    private void assertAllocatesNothing(UnaryOperator<OdeProblem> asked) throws JMException {
        // More transitions than are kept in both cases; a thousand segments more in the second.
        int[] days = {100, 1100};
        long[] allocated = new long[2];
        for (int repetition = 0; repetition < 3; repetition++) {
            for (int k = 0; k < 2; k++) {
                OdeProblem problem = asked.apply(irregular(days[k]));
                long before = allocatedBytes();
                OdeSolution solution = solver.solve(problem, Execution.sequential());
                allocated[k] = allocatedBytes() - before;
                assertThat(solution.statistics().steps()).isGreaterThanOrEqualTo(days[k]);
            }
        }
        // Less than the smallest object a segment.
        assertThat(allocated[1] - allocated[0]).isLessThan(16_000);
    }

    /** Bytes that this thread has allocated so far; the JVM tells in its bean of threads. */
    private static long allocatedBytes() throws JMException {
        return (long) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                        "getThreadAllocatedBytes",
                        new Object[] {Thread.currentThread().getId()},
                        new String[] {"long"});
    }

    // ---- Errors ----

    @Test
    @DisplayName("a right-hand side that is not A y + b is an error that names the component")
    void disagreement() {
        LinearOdeSystem wrong = new LinearOdeSystem() {
            @Override
            public void matrix(double[] p, double[] entries) {
                entries[0] = -1;
                entries[3] = -2;
            }

            @Override
            public void input(double[] p, double[] entries) {}

            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {
                d[0] = -y[0];
                d[1] = -2 * y[1] * y[1];
            }

            @Override
            public String name(int component) {
                return "amount " + component;
            }
        };
        // At 1 they agree by chance; the second state tells.
        assertFails(Linear.problem(wrong, 0, 1, new double[] {1, 1}), "amount 1", "-2", "by the equations");
        assertFails(Linear.problem(wrong, 0, 1, new double[] {1, 3}), "day 0.0", "amount 1", "-18.0", "-6.0");
        LinearOdeSystem silent = new LinearOdeSystem() {
            @Override
            public void matrix(double[] p, double[] entries) {}

            @Override
            public void input(double[] p, double[] entries) {}

            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {}
        };
        assertFails(Linear.problem(silent, 0, 1, new double[] {1}), "component 0", "NaN");
        LinearOdeSystem later = new LinearOdeSystem() {
            @Override
            public void matrix(double[] p, double[] entries) {
                entries[0] = -1;
            }

            @Override
            public void input(double[] p, double[] entries) {}

            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {
                d[0] = day > 3 ? 0 : -y[0];
            }
        };
        assertFails(Linear.problem(later, 0, 10, new double[] {1}), "component 0", "day 10.0");
    }

    @Test
    @DisplayName("what is not finite is an error that names day, component and cause")
    void notFinite() {
        assertFails(
                Linear.problem(DECAY, 3, 4, new double[] {Double.NaN}, 1, 0),
                "day 3.0",
                "component 0 is NaN",
                "initial");
        assertFails(Linear.problem(DECAY, 3, 4, new double[] {1}, Double.NaN, 0), "day 3.0", "parameter 0 is NaN");
        assertFails(
                Linear.problem(Linear.fixed(new double[] {Double.NaN}, 0), 3, 4, new double[] {1}),
                "day 3.0",
                "matrix",
                "NaN");
        assertFails(
                Linear.problem(Linear.fixed(new double[] {0}, Double.POSITIVE_INFINITY), 3, 4, new double[] {1}),
                "day 3.0",
                "constant part",
                "Infinity");
        assertFails(
                Linear.problem(DECAY, 3, 4, new double[] {1}, -1000, 0),
                "day 4.0",
                "component 0 is Infinity",
                "step 1");
        OdeProblem plain = Linear.problem(DECAY, 3, 5, new double[] {1}, 1, 0);
        SimulationTime four = SimulationTime.ofDays(4);
        assertFails(
                Linear.withEvents(plain, new OdeEvent(four, (day, y, p) -> y[0] = 0 / 0.0)),
                "day 4.0",
                "component 0 is NaN",
                "an event");
        assertFails(
                Linear.withEvents(plain, OdeEvent.set(four, 1, Double.NaN)),
                "day 4.0",
                "parameter 1 is NaN",
                "an event");
        assertFails(
                plain.withConditions(List.of(condition("level", (day, y, p) -> 0 / 0.0))), "day 3.0", "'level' is NaN");
        assertFails(
                plain.alongDirections(List.of(new OdeDirection(new double[] {Double.NaN}, new double[2]))),
                "direction 0",
                "NaN");
        LinearOdeSystem root = Linear.system(1, 1, (p, a) -> a[0] = -Math.sqrt(p[0]), (p, b) -> b[0] = 0);
        assertFails(
                Linear.problem(root, 3, 5, new double[] {1}, 0)
                        .alongDirections(List.of(OdeDirection.ofParameter(root, 0))),
                "coefficients",
                "direction 0",
                "day 3.0");
    }

    @Tag("SR-305")
    @Test
    @DisplayName("components that shall not be negative: rounding is 0, more is an error that names who made it so")
    void nonNegative() {
        OdeProblem turning = Linear.problem(Linear.fixed(new double[] {0, -1, 1, 0}, 0, 0), 0, 2, new double[] {1, 0})
                .withNonNegative(List.of(0));
        assertFails(turning, "day 2.0", "component 0", "shall not be negative", "equations");
        assertFails(
                Linear.withEvents(
                        Linear.problem(DECAY, 0, 2, new double[] {1}, 1, 0).withNonNegative(List.of(0)),
                        Linear.bolus(1, 0, -5)),
                "day 1.0",
                "component 0",
                "an event");
        // Not Metzler, and exactly 0 in truth: y1 - y0 stays 0 beside a component that is large.
        OdeSolution solution = solve(Linear.problem(
                        Linear.fixed(new double[] {-0.3, 0, 0, 0.7, -1, 1, -0.7, 0, 0.1}, 0, 0, 0), 0, 3, new double[] {
                            1e-3, 0, 0
                        })
                .withNonNegative(List.of(0)));
        assertThat(solution.state()[0]).isNotNegative();
    }

    @Test
    @DisplayName("questions that it is not made for are refused in words")
    void refused() {
        OdeSystem none = Linear.fixed(new double[0]);
        assertThatThrownBy(() -> solve(Linear.problem((LinearOdeSystem) none, 0, 1, new double[0])))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("without equations");
        OdeProblem plain = Linear.problem(DECAY, 0, 1, new double[] {1}, 1, 0);
        assertFails(
                plain.ofKind(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS),
                "matrix-exponential",
                "ordinary differential equations");
        assertFails(
                OdeProblem.of(
                                DECAY,
                                Linear.days(0, 1),
                                new double[] {1},
                                new double[] {1, 0},
                                OdeTolerance.of(1e-15, 0))
                        .ofKind(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS),
                "1.0E-15",
                "smallest allowed");
        assertFails(plain.withLargestStep(Linear.days(1e-9)), "steps", "2000000");
        // A function that does not move where it is met.
        AtomicInteger calls = new AtomicInteger();
        OdeCondition touch = new OdeCondition(
                "touch",
                (day, y, p) -> calls.getAndIncrement() == 0 ? -1 : 1,
                Crossing.EITHER,
                Optional.of((day, y, p) -> y[0] = 1),
                false,
                1e-9);
        assertFails(
                plain.withConditions(List.of(touch)).alongDirections(List.of(OdeDirection.ofInitial(DECAY, 0))),
                "'touch'",
                "rate of 0.0",
                "direction 0");
        OdeCondition.Function half = (day, y, p) -> day - 0.5;
        OdeCondition first = new OdeCondition("first", half, Crossing.EITHER, touch.change(), false, 1e-9);
        OdeCondition second = new OdeCondition("second", half, Crossing.EITHER, touch.change(), false, 1e-9);
        assertFails(
                plain.withConditions(List.of(first, second)).alongDirections(List.of(OdeDirection.ofInitial(DECAY, 0))),
                "'first'",
                "'second'",
                "at once");
    }

    @Test
    @DisplayName("it is found for linear problems, with all features, and for no others")
    void description() {
        assertThat(solver.description()
                        .meets(SolverNeed.of(
                                SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS,
                                SolverFeature.SENSITIVITIES,
                                SolverFeature.CONDITIONS)))
                .isTrue();
        assertThat(solver.description().meets(SolverNeed.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)))
                .isFalse();
        assertThat(solver.description().kinds()).containsExactly(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS);
    }

    // ---- Problems ----

    private OdeSolution solve(OdeProblem problem) {
        return solver.solve(problem, Execution.sequential());
    }

    private void assertFails(OdeProblem problem, String... words) {
        assertThatThrownBy(() -> solve(problem))
                .isInstanceOf(SolverException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    private static OdeCondition condition(String name, OdeCondition.Function function) {
        return new OdeCondition(name, function, Crossing.EITHER, Optional.empty(), false, 1e-9);
    }

    /** A dose a day, and an infusion on day 1. */
    private static OdeProblem dosing(int days) {
        List<OdeEvent> events = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            events.add(Linear.bolus(day, Linear.DEPOT, 500));
        }
        events.add(OdeEvent.set(SimulationTime.ofDays(1.25), Linear.RATE, 400));
        events.add(OdeEvent.set(SimulationTime.ofDays(1.75), Linear.RATE, 0));
        return Linear.problem(Linear.pharmacokinetics(), 0, days, new double[4], Linear.parameters())
                .withEvents(events);
    }

    /** A dose about once a day, never at equal distances. */
    private static OdeProblem irregular(int days) {
        List<OdeEvent> events = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            events.add(new OdeEvent(
                    new SimulationTime(day * SimulationTime.MILLISECONDS_PER_DAY + (long) day * day % 40_000_000),
                    (time, y, p) -> y[0] += 500));
        }
        return Linear.problem(Linear.pharmacokinetics(), 0, days, new double[4], Linear.parameters())
                .withEvents(events);
    }

    private static List<OdeProblem> cohort(int patients) {
        List<OdeProblem> problems = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            double[] p = Linear.parameters();
            p[Linear.CLEARANCE] *= 0.5 + patient / 50.0;
            problems.add(Linear.problem(Linear.pharmacokinetics(), 0, 5, new double[4], p)
                    .withEvents(dosing(5).events())
                    .withOutputs(0.5, 1, 1.6, 4.9));
        }
        return problems;
    }

    @FunctionalInterface
    private interface OfNumber {
        double[] at(double value);
    }

    /** Differences of order 6. */
    private static double[] differences(OfNumber function, double at) {
        double h = at / 256;
        double[] weights = {45, -9, 1};
        double[] sum = new double[function.at(at).length];
        for (int k = 0; k < 3; k++) {
            double[] ahead = function.at(at + (k + 1) * h);
            double[] behind = function.at(at - (k + 1) * h);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[k] * (ahead[i] - behind[i]) / (60 * h);
            }
        }
        return Arrays.copyOf(sum, sum.length);
    }
}
