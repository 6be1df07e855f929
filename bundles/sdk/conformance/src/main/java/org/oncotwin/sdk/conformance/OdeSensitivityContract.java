package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCondition.Crossing;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.twin.SimulationTime;

/** Laws of {@link OdeDirection}, which bind solvers that offer {@link SolverFeature#SENSITIVITIES}. */
abstract class OdeSensitivityContract extends OdeConditionContract {

    private static final SimulationTime EVENT = SimulationTime.ofDays(2).plusMilliseconds(1);

    OdeSensitivityContract() {}

    @Test
    @DisplayName("Law 9, derivatives agree: exponential decay by its rate, its input and its initial value")
    void decayMeetsClosedForms() {
        onlyIf(SolverFeature.SENSITIVITIES);
        double k = 0.4;
        double input = 1.5;
        for (double tolerance : tolerances()) {
            OdeProblem decay = compartment(0, 5, 3, k, input, tolerance);
            OdeSolution solution = solve(decay.alongDirections(List.of(
                            OdeDirection.ofParameter(decay.system(), 0),
                            OdeDirection.ofParameter(decay.system(), 1),
                            OdeDirection.ofInitial(decay.system(), 0),
                            new OdeDirection(new double[] {2}, new double[] {-1, 0.5, 0})))
                    .withOutputs(0, 2.5, 5));
            double[] days = {0, 2.5, 5};
            for (int n = 0; n < days.length; n++) {
                double t = days[n];
                double decayed = StrictMath.exp(-k * t);
                double byRate = -t * 3 * decayed + input * (t * decayed / k - (1 - decayed) / (k * k));
                double byInput = (1 - decayed) / k;
                double[] expected = {byRate, byInput, decayed, 2 * decayed - byRate + 0.5 * byInput};
                for (int d = 0; d < expected.length; d++) {
                    String what = "direction " + d + ", day " + t + ", tolerance " + tolerance;
                    assertClose(solution.outputDerivatives()[n][d][0], expected[d], tolerance, what);
                }
            }
            assertThat(solution.derivatives()).isDeepEqualTo(solution.outputDerivatives()[2]);
            assertClose(solution.state()[0], solve(decay).state()[0], tolerance, "state");
        }
    }

    @Test
    @DisplayName("Law 9, derivatives agree: where a condition ends the solution, the end moves along")
    void endOfACondition() {
        onlyIf(SolverFeature.SENSITIVITIES);
        onlyIf(SolverFeature.CONDITIONS);
        double k = 0.4;
        OdeCondition half =
                new OdeCondition("half", (day, y, p) -> y[0] - 1.5, Crossing.FALLING, Optional.empty(), true, 1e-10);
        OdeCondition afterADay =
                new OdeCondition("a day", (day, y, p) -> day - 1, Crossing.RISING, Optional.empty(), true, 1e-10);
        OdeProblem decay = compartment(0, 5, 3, k, 0, 1e-9);
        List<OdeDirection> byRateAndStart =
                List.of(OdeDirection.ofParameter(decay.system(), 0), OdeDirection.ofInitial(decay.system(), 0));
        OdeSolution atHalf = solve(decay.alongDirections(byRateAndStart).withConditions(List.of(half)));
        // It ends at 1.5, whatever the rate and the start.
        assertThat(atHalf.end()).isEqualTo(OdeSolution.End.CONDITION);
        assertThat(Math.abs(atHalf.derivatives()[0][0])).isLessThan(1e-6);
        assertThat(Math.abs(atHalf.derivatives()[1][0])).isLessThan(1e-6);
        // A condition on the time alone does not move.
        OdeSolution atDay = solve(decay.alongDirections(byRateAndStart).withConditions(List.of(afterADay)));
        assertClose(atDay.derivatives()[0][0], -3 * StrictMath.exp(-k), 1e-7, "by the rate");
        assertClose(atDay.derivatives()[1][0], StrictMath.exp(-k), 1e-7, "by the start");
    }

    @Test
    @DisplayName("Law 9, derivatives agree: logistic growth by its rate, its capacity and its initial value")
    void logisticMeetsClosedForms() {
        onlyIfNonlinear();
        onlyIf(SolverFeature.SENSITIVITIES);
        for (double tolerance : tolerances()) {
            OdeProblem growth = logistic(0, 10, 1, tolerance);
            double[][] found = solve(growth.alongDirections(List.of(
                            OdeDirection.ofParameter(growth.system(), 0),
                            OdeDirection.ofParameter(growth.system(), 1),
                            OdeDirection.ofInitial(growth.system(), 0))))
                    .derivatives();
            // V = K V0 / q with q = V0 + (K - V0) e, e = exp(-r t).
            double e = StrictMath.exp(-3);
            double q = 1 + 99 * e;
            assertClose(found[0][0], 100 * 99 * 10 * e / (q * q), tolerance, "by the rate, " + tolerance);
            assertClose(found[1][0], (1 - e) / (q * q), tolerance, "by the capacity, " + tolerance);
            assertClose(found[2][0], 100 * 100 * e / (q * q), tolerance, "by the initial value, " + tolerance);
        }
    }

    @Test
    @DisplayName("Law 9, derivatives agree: across a dose that depends on a parameter, and a loss of a fraction")
    void derivativesCrossDoses() {
        onlyIf(SolverFeature.SENSITIVITIES);
        double k = 0.4;
        double first = EVENT.days();
        for (double tolerance : tolerances()) {
            OdeProblem decay = problem(
                            OdeSystems.compartment(),
                            interval(0, 5),
                            new double[] {3},
                            new double[] {k, 0, 7},
                            tolerance)
                    .withEvents(List.of(
                            new OdeEvent(EVENT, (day, state, parameters) -> state[0] += parameters[2]),
                            new OdeEvent(EVENT, (day, state, parameters) -> state[0] *= 0.25)));
            OdeSolution solution = solve(decay.alongDirections(List.of(
                            OdeDirection.ofParameter(decay.system(), 0),
                            OdeDirection.ofParameter(decay.system(), 2),
                            OdeDirection.ofInitial(decay.system(), 0)))
                    .withOutputs(first));
            double left = StrictMath.exp(-k * (5 - first));
            double whole = StrictMath.exp(-k * 5);
            double byRate = -0.25 * (5 * 3 * whole + (5 - first) * 7 * left);
            assertClose(solution.derivatives()[0][0], byRate, tolerance, "by the rate, " + tolerance);
            assertClose(solution.derivatives()[1][0], 0.25 * left, tolerance, "by the dose, " + tolerance);
            assertClose(solution.derivatives()[2][0], 0.25 * whole, tolerance, "by the initial value, " + tolerance);
            assertClose(solution.outputDerivatives()[0][1][0], 0.25, tolerance, "at the dose, after it");
        }
    }

    @Test
    @DisplayName("Law 9, derivatives agree: across events that change parameters")
    void derivativesCrossChangesOfParameters() {
        onlyIf(SolverFeature.SENSITIVITIES);
        double k = 0.4;
        double before = EVENT.days();
        double after = 5 - before;
        for (double tolerance : tolerances()) {
            OdeProblem decay = compartment(0, 5, 3, k, 0, tolerance);
            List<OdeDirection> byRate = List.of(OdeDirection.ofParameter(decay.system(), 0));
            // A rate that is set no longer depends on what it was.
            OdeSolution set =
                    solve(decay.withEvents(List.of(OdeEvent.set(EVENT, 0, 0.7))).alongDirections(byRate));
            double value = 3 * StrictMath.exp(-k * before - 0.7 * after);
            assertClose(set.derivatives()[0][0], -before * value, tolerance, "set, " + tolerance);
            OdeSolution twice =
                    solve(decay.withEvents(List.of(new OdeEvent(EVENT, (day, state, parameters) -> parameters[0] *= 2)))
                            .alongDirections(byRate));
            value = 3 * StrictMath.exp(-k * before - 2 * k * after);
            assertClose(twice.derivatives()[0][0], -(before + 2 * after) * value, tolerance, "twice, " + tolerance);
            // A rate that is taken from the state: k = y / 4.
            OdeSolution fromState = solve(decay.withEvents(
                            List.of(new OdeEvent(EVENT, (day, state, parameters) -> parameters[0] = state[0] / 4)))
                    .alongDirections(byRate));
            double at = 3 * StrictMath.exp(-k * before);
            double left = StrictMath.exp(-at / 4 * after);
            double expected = -before * at * left * (1 - at / 4 * after);
            assertClose(fromState.derivatives()[0][0], expected, tolerance, "from the state, " + tolerance);
        }
    }

    @Test
    @DisplayName(
            "Law 9, derivatives agree: a condition that changes nothing does not matter, one that does is differentiated or refused")
    void derivativesCrossConditions() {
        onlyIf(SolverFeature.SENSITIVITIES);
        onlyIf(SolverFeature.CONDITIONS);
        // Refilled from 1 to 4 at ln(3) / k: y(t) = 4 * 3 exp(-k t) until it falls to 1 again.
        double k = 0.4;
        OdeProblem decay = compartment(0, 5, 3, k, 0, 1e-10);
        List<OdeDirection> directions =
                List.of(OdeDirection.ofParameter(decay.system(), 0), OdeDirection.ofInitial(decay.system(), 0));
        OdeSolution watched = solve(
                decay.alongDirections(directions).withConditions(List.of(level("level", 1, Crossing.FALLING, 1e-10))));
        double left = StrictMath.exp(-k * 5);
        assertClose(watched.derivatives()[0][0], -5 * 3 * left, TOLERANCE, "watched, by the rate");
        assertClose(watched.derivatives()[1][0], left, TOLERANCE, "watched, by the initial value");
        OdeCondition refill = new OdeCondition(
                "refill",
                (day, state, parameters) -> state[0] - 1,
                Crossing.FALLING,
                Optional.of((day, state, parameters) -> state[0] += 3),
                false,
                1e-10);
        OdeProblem refilled = decay.alongDirections(directions).withConditions(List.of(refill));
        OdeSolution solution;
        try {
            solution = solve(refilled);
        } catch (SolverException refused) {
            assertThat(refused).hasMessageContaining("refill");
            return;
        }
        assertClose(solution.derivatives()[0][0], -5 * 4 * 3 * left, TOLERANCE, "refilled, by the rate");
        assertClose(solution.derivatives()[1][0], 4 * left, TOLERANCE, "refilled, by the initial value");
    }

    @Test
    @DisplayName("Law 9, derivatives agree: equations that know their few derivatives are solved as those that do not")
    void knownDerivativesChangeLittle() {
        onlyIfNonlinear();
        double[] initial = new double[12];
        initial[0] = 1;
        initial[5] = 0.5;
        double[] rate = {0.8};
        for (double tolerance : tolerances()) {
            OdeProblem unknown = problem(OdeSystems.cascade(12), interval(0, 10), initial, rate, tolerance);
            OdeProblem known = problem(OdeSystems.differentiableCascade(12), interval(0, 10), initial, rate, tolerance);
            double[] expected = solve(unknown).state();
            double[] actual = solve(known).state();
            assertClose(actual[0], 1 / (1 + 0.8 * 10), tolerance, "level 0");
            for (int i = 0; i < expected.length; i++) {
                assertClose(actual[i], expected[i], tolerance, "level " + i);
            }
            if (offers(SolverFeature.SENSITIVITIES)) {
                double[][] differences = solve(
                                unknown.alongDirections(List.of(OdeDirection.ofParameter(unknown.system(), 0))))
                        .derivatives();
                double[][] derivatives = solve(
                                known.alongDirections(List.of(OdeDirection.ofParameter(known.system(), 0))))
                        .derivatives();
                // x0 = 1 / (1 + p t).
                assertClose(derivatives[0][0], -10 / (9.0 * 9.0), tolerance, "level 0 by the rate");
                for (int i = 0; i < expected.length; i++) {
                    assertClose(derivatives[0][i], differences[0][i], tolerance, "level " + i + " by the rate");
                }
            }
        }
    }

    @Test
    @DisplayName("Law 9, derivatives agree: of a chain along every parameter and initial value, at every output")
    void chainAgreesWithDifferences() {
        onlyIf(SolverFeature.SENSITIVITIES);
        OdeProblem chain = courses().get(0).withOutputs(1, 1.25, 4, 6, 10).withLargestStep(OptionalDouble.of(0.25));
        List<OdeDirection> directions = List.of(
                OdeDirection.ofParameter(chain.system(), 0),
                OdeDirection.ofParameter(chain.system(), 1),
                OdeDirection.ofInitial(chain.system(), 1));
        OdeSolution solution = solve(chain.alongDirections(directions));
        double h = 1e-3;
        for (int d = 0; d < directions.size(); d++) {
            OdeSolution up = solve(shifted(chain, directions.get(d), h));
            OdeSolution down = solve(shifted(chain, directions.get(d), -h));
            for (int n = 0; n < up.outputs().length; n++) {
                for (int i = 0; i < 3; i++) {
                    double difference = (up.outputs()[n][i] - down.outputs()[n][i]) / (2 * h);
                    assertClose(
                            solution.outputDerivatives()[n][d][i],
                            difference,
                            1e-6,
                            "direction " + d + ", output " + n + ", component " + i);
                }
            }
        }
    }

    private static OdeProblem shifted(OdeProblem problem, OdeDirection direction, double by) {
        double[] initial = problem.initial();
        double[] parameters = problem.parameters();
        for (int i = 0; i < initial.length; i++) {
            initial[i] += by * direction.initial()[i];
        }
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += by * direction.parameters()[i];
        }
        return OdeProblem.of(problem.system(), problem.interval(), initial, parameters, problem.tolerance())
                .withEvents(problem.events())
                .withOutputs(problem.outputs())
                .withLargestStep(problem.largestStep());
    }
}
