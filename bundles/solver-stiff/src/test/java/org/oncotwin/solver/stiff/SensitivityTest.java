package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCondition.Crossing;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.twin.SimulationTime;

/** Derivatives of solutions against closed forms and a solution of the variational equations of high precision. */
@Tag("SR-604")
class SensitivityTest {

    /**
     * Robertson at 40 units of time and its derivatives by k1, k2, k3: Radau IIA of order 5 of SciPy 1.17 on the variational equations at relative tolerances of 3e-14 and
     * 1e-12, which agree in 13 digits; to 5 digits also in the documentation of CVODES (example cvsRoberts_FSA_dns).
     */
    private static final double[][] ROBERTSON = {
        {7.15827068719403e-01, 9.18553476455777e-06, 2.84163745745829e-01},
        {-4.24755877170573e+00, 4.59119624925389e-05, 4.24751285974322e+00},
        {-2.28835508890567e-09, -1.13805950935013e-13, 2.28846889485660e-09},
        {1.37308079734463e-05, -2.35719211384631e-10, -1.37305722542349e-05}
    };

    private static List<OdeDirection> rates(OdeSystem system) {
        return List.of(
                OdeDirection.ofParameter(system, 0),
                OdeDirection.ofParameter(system, 1),
                OdeDirection.ofParameter(system, 2));
    }

    private static void checkRobertson(OdeSystem system, double tolerance, double allowed) {
        OdeProblem problem = Systems.problem(
                        system,
                        40,
                        new double[] {1, 0, 0},
                        Systems.ROBERTSON,
                        new OdeTolerance(tolerance, new double[] {tolerance, tolerance * 1e-5, tolerance}))
                .alongDirections(rates(system));
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        for (int i = 0; i < 3; i++) {
            assertThat(solution.state()[i] / ROBERTSON[0][i] - 1).isBetween(-allowed, allowed);
            for (int k = 0; k < 3; k++) {
                assertThat(solution.derivatives()[k][i] / ROBERTSON[k + 1][i] - 1)
                        .as("component %d by k%d: %s", i, k + 1, solution.derivatives()[k][i])
                        .isBetween(-allowed, allowed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-6, 1e-8, 1e-10})
    void robertsonWithItsDerivatives(double tolerance) {
        checkRobertson(Systems.knownRobertson(), tolerance, 10 * tolerance);
    }

    @Test
    void robertsonWithItsDerivativesIsExactTo9Digits() {
        checkRobertson(Systems.knownRobertson(), 1e-11, 1e-10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-6, 1e-8})
    void robertsonByDifferences(double tolerance) {
        checkRobertson(Systems.robertson(), tolerance, 10 * tolerance);
    }

    @Test
    void robertsonByDifferencesIsExactTo8Digits() {
        checkRobertson(Systems.robertson(), 1e-10, 1e-8);
    }

    /** y' = -k y + u with k = p0 and u = p1: y = u/k + (y0 - u/k) exp(-k t). */
    private static LinearOdeSystem decay() {
        return new LinearOdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public int parameters() {
                return 2;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {
                d[0] = -p[0] * y[0] + p[1];
            }

            @Override
            public void matrix(double[] p, double[] entries) {
                entries[0] = -p[0];
            }

            @Override
            public void input(double[] p, double[] input) {
                input[0] = p[1];
            }
        };
    }

    private static OdeSystem decayOfNothingKnown() {
        return Systems.of(1, 2, (t, y, p, d) -> d[0] = -p[0] * y[0] + p[1]);
    }

    private static void checkDecay(OdeSystem system) {
        double k = 0.7;
        double u = 0.3;
        double t = 4;
        OdeProblem problem = Systems.problem(system, t, new double[] {2}, new double[] {k, u}, 1e-10)
                .withOutputs(1, 4)
                .alongDirections(List.of(
                        OdeDirection.ofParameter(system, 0),
                        OdeDirection.ofParameter(system, 1),
                        OdeDirection.ofInitial(system, 0),
                        new OdeDirection(new double[] {1}, new double[] {2, -1})));
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        for (int at = 0; at < 2; at++) {
            double day = problem.outputs()[at];
            double e = Math.exp(-k * day);
            double byK = -u / (k * k) + u / (k * k) * e - day * (2 - u / k) * e;
            double byU = (1 - e) / k;
            double[] expected = {byK, byU, e, e + 2 * byK - byU};
            for (int d = 0; d < 4; d++) {
                assertThat(solution.outputDerivatives()[at][d][0] - expected[d]).isBetween(-2e-9, 2e-9);
            }
        }
        assertThat(solution.derivatives()[0]).isEqualTo(solution.outputDerivatives()[1][0]);
    }

    @Test
    void linearEquations() {
        checkDecay(decay());
        checkDecay(decayOfNothingKnown());
    }

    @Test
    void equationsThatDependOnTime() {
        // y' = -p (y - cos t) - sin t: the derivative by p of y = cos t + (y0 - 1) exp(-p t).
        double p = 50;
        DifferentiableOdeSystem known = Systems.of(
                1, 1, (t, y, q, d) -> d[0] = -q[0] * (y[0] - Math.cos(t)) - Math.sin(t), new Systems.Known() {
                    @Override
                    public void jacobian(double day, double[] y, double[] q, double[] entries) {
                        entries[0] = -q[0];
                    }

                    @Override
                    public void along(double day, double[] y, double[] q, double[] dq, double[] d) {
                        d[0] = -dq[0] * (y[0] - Math.cos(day));
                    }
                });
        OdeSystem unknown = Systems.of(1, 1, (t, y, q, d) -> d[0] = -q[0] * (y[0] - Math.cos(t)) - Math.sin(t));
        for (OdeSystem system : List.of(known, unknown)) {
            OdeProblem problem = Systems.problem(system, 0.1, new double[] {3}, new double[] {p}, 1e-10)
                    .alongDirections(List.of(OdeDirection.ofParameter(system, 0)));
            OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
            assertThat(solution.derivatives()[0][0] / (-0.1 * 2 * Math.exp(-p * 0.1)) - 1)
                    .isBetween(-1e-8, 1e-8);
        }
    }

    @Test
    void changesAtEvents() {
        // At day 1 a dose that the second parameter gives, at day 2 half of everything goes, at day 3 the rate is set:
        // y(4) = ((y0 e^-k + D) e^-k / 2 ) e^-k e^-0.1.
        OdeSystem system = Systems.of(1, 2, (t, y, p, d) -> d[0] = -p[0] * y[0]);
        double k = 0.4;
        double dose = 5;
        OdeProblem problem = Systems.problem(system, 4, new double[] {2}, new double[] {k, dose}, 1e-10)
                .withEvents(List.of(
                        new OdeEvent(SimulationTime.ofDays(1), (day, y, p) -> y[0] += p[1]),
                        new OdeEvent(SimulationTime.ofDays(2), (day, y, p) -> y[0] *= 0.5),
                        OdeEvent.set(SimulationTime.ofDays(3), 0, 0.1)))
                .alongDirections(List.of(
                        OdeDirection.ofParameter(system, 0),
                        OdeDirection.ofParameter(system, 1),
                        OdeDirection.ofInitial(system, 0)));
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        double end = Math.exp(-0.1) / 2;
        double[] expected = {
            end * (-3 * 2 * Math.exp(-3 * k) - 2 * dose * Math.exp(-2 * k)),
            end * Math.exp(-2 * k),
            end * Math.exp(-3 * k)
        };
        for (int d = 0; d < 3; d++) {
            assertThat(solution.derivatives()[d][0] / expected[d] - 1).isBetween(-1e-8, 1e-8);
        }
        assertThat(solution.state()[0] / (end * (2 * Math.exp(-3 * k) + dose * Math.exp(-2 * k))) - 1)
                .isBetween(-1e-8, 1e-8);
        assertThat(solution.parameters()).containsExactly(0.1, 5);
    }

    @Test
    void changesAtConditionsMoveWithTheParameters() {
        // y' = -k y from y0; when y falls to p1, it jumps up by p2: with t1 = ln(y0/p1)/k,
        // y(t) = (p1 + p2) exp(-k (t - t1)) = (p1 + p2) (y0/p1) exp(-k t).
        OdeSystem system = Systems.of(1, 3, (t, y, p, d) -> d[0] = -p[0] * y[0]);
        double[] p = {0.5, 1, 3};
        OdeProblem problem = Systems.problem(system, 3, new double[] {2}, p, 1e-11)
                .withConditions(List.of(new OdeCondition(
                        "low",
                        (day, y, q) -> y[0] - q[1],
                        Crossing.FALLING,
                        Optional.of((day, y, q) -> y[0] += q[2]),
                        false,
                        1e-12)))
                .alongDirections(List.of(
                        OdeDirection.ofParameter(system, 0),
                        OdeDirection.ofParameter(system, 1),
                        OdeDirection.ofParameter(system, 2),
                        OdeDirection.ofInitial(system, 0)));
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        double e = Math.exp(-0.5 * 3);
        double[] expected = {-3 * 4 * 2 * e, -3 * 2 * e, 2 * e, 4 * e};
        assertThat(solution.state()[0] / (4 * 2 * e) - 1).isBetween(-1e-9, 1e-9);
        for (int d = 0; d < 4; d++) {
            assertThat(solution.derivatives()[d][0] / expected[d] - 1)
                    .as("direction %d: %s", d, solution.derivatives()[d][0])
                    .isBetween(-1e-8, 1e-8);
        }
    }

    @Test
    void rightHandSidesThatChangeAtConditions() {
        // y' = a until y = 1, from then b: y(t) = 1 + b (t - 1/a).
        OdeSystem system = Systems.of(1, 3, (t, y, p, d) -> d[0] = p[2] == 0 ? p[0] : p[1]);
        OdeProblem problem = Systems.problem(system, 2, new double[] {0}, new double[] {1.25, 3, 0}, 1e-10)
                .withConditions(List.of(new OdeCondition(
                        "full",
                        (day, y, q) -> y[0] - 1,
                        Crossing.RISING,
                        Optional.of((day, y, q) -> q[2] = 1),
                        false,
                        1e-12)))
                .alongDirections(List.of(OdeDirection.ofParameter(system, 0), OdeDirection.ofParameter(system, 1)));
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        assertThat(solution.derivatives()[0][0]).isCloseTo(3 / (1.25 * 1.25), within(1e-9));
        assertThat(solution.derivatives()[1][0]).isCloseTo(2 - 1 / 1.25, within(1e-9));
    }

    @Test
    void theEndAtAConditionMoves() {
        // The state at the end is the same whatever the rate: it is where the condition is met.
        OdeSystem system = Systems.of(2, 1, (t, y, p, d) -> {
            d[0] = -p[0] * y[0];
            d[1] = 1;
        });
        OdeProblem problem = Systems.problem(system, 10, new double[] {2, 0}, new double[] {0.5}, 1e-10)
                .withConditions(List.of(new OdeCondition(
                        "low", (day, y, q) -> y[0] - 1, Crossing.EITHER, Optional.empty(), true, 1e-12)))
                .alongDirections(List.of(OdeDirection.ofParameter(system, 0)));
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        assertThat(solution.end()).isEqualTo(OdeSolution.End.CONDITION);
        assertThat(solution.derivatives()[0][0]).isCloseTo(0, within(1e-9));
        assertThat(solution.derivatives()[0][1]).isCloseTo(-Math.log(2) / 0.25, within(1e-7));
    }
}
