package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.twin.SimulationTime;

/** Laws of the solution between the ends of steps. */
abstract class OdeOutputContract extends OdeEventContract {

    OdeOutputContract() {}

    @Test
    @DisplayName("Law 3, nothing hides: outputs and the trajectory have the same bits and change none of the end")
    void outputsChangeNoBit() {
        double[] days =
                IntStream.rangeClosed(0, 74).mapToDouble(n -> n * 10 / 74.0).toArray();
        for (OdeProblem course : courses()) {
            OdeSolution plain = solve(course);
            OdeSolution withOutputs = solve(course.withOutputs(days));
            OdeSolution withTrajectory = solve(course.withTrajectory());
            OdeSolution withBoth = solve(course.withTrajectory().withOutputs(days));
            for (OdeSolution solution : List.of(withOutputs, withTrajectory, withBoth)) {
                assertThat(solution.state()).isEqualTo(plain.state());
                assertThat(solution.statistics().steps())
                        .isEqualTo(plain.statistics().steps());
                assertThat(solution.statistics().rejectedSteps())
                        .isEqualTo(plain.statistics().rejectedSteps());
            }
            assertThat(plain.outputs()).isEmpty();
            assertThat(plain.trajectory()).isEmpty();
            assertThat(withOutputs.outputs()).hasNumberOfRows(days.length);
            for (int n = 0; n < days.length; n++) {
                double[] state = withOutputs.outputs()[n];
                assertThat(at(withTrajectory, days[n])).as("day %s", days[n]).isEqualTo(state);
                assertThat(at(withBoth, days[n])).as("day %s", days[n]).isEqualTo(state);
                assertThat(withBoth.outputs()[n]).as("day %s", days[n]).isEqualTo(state);
            }
            assertThat(withOutputs.outputs()[0]).as("at the start").isEqualTo(course.initial());
            assertThat(withOutputs.outputs()[days.length - 1]).as("at the end").isEqualTo(plain.state());
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: outputs and the trajectory are as exact as the end")
    void outputsMeetClosedForms() {
        double[] days = IntStream.rangeClosed(0, 500).mapToDouble(n -> n * 0.02).toArray();
        for (double tolerance : tolerances()) {
            OdeSolution circle = solve(circle(10, tolerance).withOutputs(days).withTrajectory());
            for (int n = 0; n < days.length; n++) {
                String when = "day " + days[n] + " at tolerance " + tolerance;
                assertClose(circle.outputs()[n][0], StrictMath.cos(days[n]), tolerance, when);
                assertClose(circle.outputs()[n][1], -StrictMath.sin(days[n]), tolerance, when);
                double between = days[n] * 0.987;
                double[] state = at(circle, between);
                assertClose(state[0], StrictMath.cos(between), tolerance, "between, " + when);
            }
            if (solvesNonlinear()) {
                OdeSolution growth = solve(logistic(0, 10, 1, tolerance).withOutputs(days));
                for (int n = 0; n < days.length; n++) {
                    double closed = 100 / (1 + 99 * StrictMath.exp(-0.3 * days[n]));
                    assertClose(growth.outputs()[n][0], closed, tolerance, "logistic, day " + days[n]);
                }
            }
        }
    }

    @Test
    @DisplayName("Law 2, a step is a step: an output at an event shows the state after it, one before it that before")
    void outputAtAnEventShowsTheStateAfterIt() {
        SimulationTime first = SimulationTime.ofDays(1.25);
        SimulationTime second = SimulationTime.ofDays(2).plusMilliseconds(1);
        double before = first.plusMilliseconds(-1).days();
        OdeProblem steps = compartment(0, 4, 1, 0, 0)
                .withEvents(List.of(
                        OdeEvent.add(first, 0, 2),
                        OdeEvent.add(second, 0, 3),
                        new OdeEvent(second, (day, state, parameters) -> state[0] *= 2)))
                .withTrajectory();
        OdeSolution solution = solve(steps.withOutputs(0, before, first.days(), 2, second.days(), 4));
        assertThat(solution.outputs()).isDeepEqualTo(new double[][] {{1}, {1}, {3}, {3}, {12}, {12}});
        OdeTrajectory trajectory = solution.trajectory().orElseThrow();
        assertThat(at(solution, before)).containsExactly(1);
        assertThat(at(solution, first.days())).containsExactly(3);
        assertThat(at(solution, second.days())).containsExactly(12);
        assertThat(trajectory.start()).isZero();
        assertThat(trajectory.end()).isEqualTo(4);
    }

    @Test
    @DisplayName("Law 3, nothing hides: a trajectory does not change, serves several threads, and ends where it ends")
    void trajectoryStandsAlone() {
        OdeProblem course = courses().get(0).withTrajectory().withOutputs(2, 6);
        OdeSolution solution = solve(course);
        OdeTrajectory trajectory = solution.trajectory().orElseThrow();
        double[] saved = at(solution, 2);
        double[] end = at(solution, 10);
        Arrays.fill(solution.outputs()[0], Double.NaN);
        Arrays.fill(solution.state(), Double.NaN);
        assertThat(at(solution, 2)).isEqualTo(saved);
        assertThat(at(solution, 10)).isEqualTo(end);
        assertThat(Surroundings.together(() -> {
                    double[] last = new double[3];
                    for (int n = 0; n <= 1000; n++) {
                        trajectory.at(n * 0.01, last);
                    }
                    return last;
                }))
                .allSatisfy(last -> assertThat(last).isEqualTo(end));
        assertThatThrownBy(() -> at(solution, -0.001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> at(solution, 10.001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> at(solution, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    static double[] at(OdeSolution solution, double day) {
        double[] state = new double[solution.state().length];
        solution.trajectory().orElseThrow().at(day, state);
        return state;
    }
}
