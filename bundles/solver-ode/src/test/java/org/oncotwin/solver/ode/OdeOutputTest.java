package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.twin.SimulationTime;

class OdeOutputTest {

    private static final String SOLVERS = "org.oncotwin.solver.ode.Equations#solvers";

    private static OdeProblem oscillator(double tolerance) {
        return Equations.problem(
                Equations.OSCILLATOR, 20, Equations.numbers(1, 0), Equations.numbers(), tolerance, tolerance);
    }

    private static double[] rising(int count) {
        return IntStream.rangeClosed(0, count)
                .mapToDouble(n -> 20.0 * n / count)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void outputsAndTrajectoryChangeNoBitAndNoStep(OdeSolver solver) {
        OdeSolution plain = Equations.solve(solver, oscillator(1e-8));
        OdeSolution watched = Equations.solve(
                solver, oscillator(1e-8).withOutputs(rising(777)).withTrajectory());
        assertThat(watched.state()).isEqualTo(plain.state());
        assertThat(watched.statistics().steps()).isEqualTo(plain.statistics().steps());
        assertThat(watched.statistics().rejectedSteps())
                .isEqualTo(plain.statistics().rejectedSteps());
    }

    /** The error within steps stays within a small multiple of that at their ends. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void outputsAreAsExactAsTheSolution(OdeSolver solver) {
        double[] days = rising(997);
        for (double tolerance : new double[] {1e-4, 1e-6, 1e-8, 1e-10}) {
            double[][] states = Equations.solve(solver, oscillator(tolerance).withOutputs(days))
                    .outputs();
            for (int n = 0; n < days.length; n++) {
                double error = Math.hypot(states[n][0] - Math.cos(days[n]), states[n][1] + Math.sin(days[n]));
                assertThat(error).as("day %s, tolerance %s", days[n], tolerance).isLessThan(100 * tolerance);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void theTrajectoryIsTheOutputsAtEveryTimeOnAnyThread(OdeSolver solver) {
        double[] days = rising(400);
        OdeSolution solution = Equations.solve(
                solver,
                oscillator(1e-8)
                        .withEvents(List.of(OdeEvent.add(SimulationTime.ofDays(7), 0, 3)))
                        .withOutputs(days)
                        .withTrajectory());
        OdeTrajectory trajectory = solution.trajectory().orElseThrow();
        assertThat(trajectory.start()).isZero();
        assertThat(trajectory.end()).isEqualTo(20);
        double[][] states = IntStream.range(0, days.length)
                .parallel()
                .mapToObj(n -> {
                    double[] state = new double[2];
                    trajectory.at(days[n], state);
                    return state;
                })
                .toArray(double[][]::new);
        assertThat(states).isDeepEqualTo(solution.outputs());
        assertThat(states[400]).isEqualTo(solution.state());
        double[] before = new double[2];
        trajectory.at(SimulationTime.ofDays(7).plusMilliseconds(-1).days(), before);
        assertThat(states[140][0] - before[0]).isBetween(2.9999, 3.0001);
    }

    /** Interpolation evaluates at times of its own. Where that gives no number, there is still an output, and the solution goes on. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void interpolatesWhereItsOwnStagesHaveNoValue(OdeSolver solver) {
        Set<Double> asked = new HashSet<>();
        AtomicBoolean strict = new AtomicBoolean();
        AtomicLong refused = new AtomicLong();
        OdeSystem clock = Equations.of(List.of("x"), 0, (day, y, p, dy) -> {
            dy[0] = Math.cos(day);
            if (!strict.get()) {
                asked.add(day);
            } else if (!asked.contains(day)) {
                refused.incrementAndGet();
                dy[0] = Double.NaN;
            }
        });
        OdeProblem problem = Equations.problem(clock, 20, Equations.numbers(0), Equations.numbers(), 1e-10, 1e-10);
        double[] end = Equations.solve(solver, problem).state();
        strict.set(true);
        double[] days = rising(200);
        OdeSolution solution = Equations.solve(solver, problem.withOutputs(days));
        assertThat(solution.state()).isEqualTo(end);
        assertThat(refused.get() > 0).isEqualTo(solver.description().order() == 8);
        for (int n = 0; n < days.length; n++) {
            assertThat(solution.outputs()[n][0]).isCloseTo(Math.sin(days[n]), offset(0.03));
        }
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void theTrajectoryHasNothingOutside(OdeSolver solver) {
        OdeTrajectory trajectory = Equations.solve(solver, oscillator(1e-6).withTrajectory())
                .trajectory()
                .orElseThrow();
        for (double day : new double[] {-0.001, 20.001, Double.NaN}) {
            assertThatThrownBy(() -> trajectory.at(day, new double[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Double.toString(day));
        }
        assertThatThrownBy(() -> trajectory.at(1, new double[3])).isInstanceOf(IllegalArgumentException.class);
        assertThat(Equations.solve(solver, oscillator(1e-6)).trajectory()).isEmpty();
    }
}
