package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;

/** Amounts stay at or above 0, and sums that the equations keep stay as they are. */
class NonNegativeTest {

    private static final double ROUNDING = 1e-12;

    /** A problem with the weights of the sums that its equations keep. */
    record Case(String name, OdeSystem system, double days, double[] initial, double[] parameters, double[][] sums) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> cases() {
        double[] ones = {1, 1, 1};
        List<Case> cases = List.of(
                new Case("chain", chain(), 30, new double[] {1, 0, 0}, new double[] {1, 3}, new double[][] {ones}),
                new Case("stiff chain", chain(), 30, new double[] {1, 0, 0}, new double[] {1, 1e6}, new double[][] {ones
                }),
                new Case(
                        "fast decay over 1e6 time constants",
                        chain(),
                        100,
                        new double[] {1, 1, 0},
                        new double[] {1e4, 2e4},
                        new double[][] {ones}),
                new Case(
                        "Robertson",
                        Systems.robertson(),
                        1e5,
                        new double[] {1, 0, 0},
                        new double[] {0.04, 3e7, 1e4, 1e4},
                        new double[][] {ones}),
                new Case(
                        "Robertson with its Jacobian",
                        Systems.knownRobertson(),
                        1e5,
                        new double[] {1, 0, 0},
                        new double[] {0.04, 3e7, 1e4, 1e4},
                        new double[][] {ones}),
                // A and B exchange far faster than they drain: rounding in the elimination alone would lose the sum.
                new Case(
                        "fast exchange",
                        Systems.of(3, 0, (t, y, p, d) -> {
                            double exchange = 1e6 * y[0] - 2e6 * y[1];
                            d[0] = -exchange;
                            d[1] = exchange - 1e-2 * y[1];
                            d[2] = 1e-2 * y[1];
                        }),
                        365,
                        new double[] {1, 0, 0},
                        new double[0],
                        new double[][] {ones}),
                // Drug and target bind; both the target and the drug are kept, and two drugs make one complex.
                new Case(
                        "binding",
                        Systems.of(4, 0, (t, y, p, d) -> {
                            double bound = 1e5 * y[0] * y[0] * y[1] - 1e-1 * y[2];
                            d[0] = -2 * bound;
                            d[1] = -bound;
                            d[2] = bound - 0.3 * y[2];
                            d[3] = 0.3 * y[2];
                        }),
                        50,
                        new double[] {5, 1, 0, 0},
                        new double[0],
                        new double[][] {{1, 0, 2, 2}, {0, 1, 1, 1}}),
                // Concentrations: the weights are volumes.
                new Case(
                        "volumes",
                        Systems.of(3, 0, (t, y, p, d) -> {
                            double first = 7.3 * (y[0] - y[1] / 0.17);
                            double second = 31.0 * y[1];
                            d[0] = -first / 2.71;
                            d[1] = (first - second) / 0.613;
                            d[2] = second / 5.9;
                        }),
                        40,
                        new double[] {3, 0, 0},
                        new double[0],
                        new double[][] {{2.71, 0.613, 5.9}}));
        return cases.stream()
                .flatMap(one -> DoubleStream.of(1e-3, 1e-6, 1e-9).mapToObj(tolerance -> Arguments.of(one, tolerance)));
    }

    private static OdeSystem chain() {
        return Systems.of(3, 2, (t, y, p, d) -> {
            d[0] = -p[0] * y[0];
            d[1] = p[0] * y[0] - p[1] * y[1];
            d[2] = p[1] * y[1];
        });
    }

    @Tag("SR-305")
    @ParameterizedTest
    @MethodSource("cases")
    void nothingIsNegativeAndSumsStay(Case one, double tolerance) {
        int n = one.initial.length;
        double[] outputs = IntStream.rangeClosed(0, 200)
                .mapToDouble(i -> one.days * i * i / 40_000)
                .toArray();
        OdeProblem problem = Systems.problem(
                        one.system, one.days, one.initial, one.parameters, OdeTolerance.of(tolerance, 1e-3 * tolerance))
                .withNonNegative(IntStream.range(0, n).boxed().toList())
                .withOutputs(outputs)
                .withTrajectory();
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        double[] state = new double[n];
        for (int i = 0; i <= 1000; i++) {
            solution.trajectory().orElseThrow().at(one.days * Math.pow(i / 1000.0, 3), state);
            check(one, state);
        }
        for (double[] output : solution.outputs()) {
            check(one, output);
        }
        check(one, solution.state());
    }

    private static void check(Case one, double[] state) {
        for (double value : state) {
            assertThat(value).isNotNegative();
        }
        for (double[] weights : one.sums) {
            double before = 0;
            double after = 0;
            for (int i = 0; i < weights.length; i++) {
                before += weights[i] * one.initial[i];
                after += weights[i] * state[i];
            }
            assertThat(Math.abs(after - before) / before)
                    .as("sum with weights %s of %s", Arrays.toString(weights), Arrays.toString(state))
                    .isLessThanOrEqualTo(ROUNDING);
        }
    }

    @Test
    void amountsAreRightWhereTheyWerePutToZero() {
        double[] rates = {1e4, 2.0};
        OdeProblem problem = Systems.problem(chain(), 4, new double[] {1, 0, 0}, rates, OdeTolerance.of(1e-6, 1e-9))
                .withNonNegative(List.of(0, 1, 2));
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        double second = rates[0] / (rates[0] - rates[1]) * (Math.exp(-rates[1] * 4) - Math.exp(-rates[0] * 4));
        assertThat(solution.state()[0]).isLessThan(1e-9);
        assertThat(Math.abs(solution.state()[1] - second)).isLessThan(1e-6 * second + 1e-8);
    }

    @Test
    void sumsStayFromOneEventToTheNext() {
        OdeProblem problem = Systems.problem(
                        chain(), 10, new double[] {0, 0, 0}, new double[] {1e5, 50}, OdeTolerance.of(1e-6, 1e-9))
                .withEvents(IntStream.range(0, 5)
                        .mapToObj(k -> OdeEvent.add(SimulationTime.ofDays(2 * k), 0, 0.7))
                        .toList())
                .withNonNegative(List.of(0, 1, 2))
                .withOutputs(1, 3, 5, 7, 9);
        OdeSolution solution = new RosenbrockSolver().solve(problem, Execution.sequential());
        for (int k = 0; k < 5; k++) {
            double total = DoubleStream.of(solution.outputs()[k]).sum();
            assertThat(Math.abs(total - 0.7 * (k + 1))).isLessThanOrEqualTo(ROUNDING * total);
        }
    }

    @Test
    void equationsThatKeepNothingLoseNothing() {
        // An oscillation that is none of the listed components' business stays as exact as without.
        OdeSystem system = Systems.of(3, 0, (t, y, p, d) -> {
            d[0] = -1e3 * y[0];
            d[1] = y[2];
            d[2] = -y[1];
        });
        OdeProblem problem = Systems.problem(system, 20, new double[] {1, 1, 0}, new double[0], 1e-8);
        OdeSolution solution =
                new RosenbrockSolver().solve(problem.withNonNegative(List.of(0)), Execution.sequential());
        assertThat(solution.state()[0]).isBetween(0.0, 1e-8);
        assertThat(Math.abs(solution.state()[1] - Math.cos(20))).isLessThan(1e-6);
        assertThat(Math.abs(solution.state()[2] + Math.sin(20))).isLessThan(1e-6);
    }

    /** What a step took one component below 0 by is far more than there is of the others: nothing can be taken from them, and it becomes 0. */
    @Test
    void sumOfWhichHardlyAnythingIsLeftLeavesNumbers() {
        for (int common = 0; common < 3; common++) {
            int one = (common + 1) % 3;
            int other = (common + 2) % 3;
            int shared = common;
            OdeSystem system = Systems.of(3, 0, (t, y, p, d) -> {
                d[one] = y[shared] - y[one];
                d[other] = y[shared] - 2 * y[other];
                d[shared] = -1e6 * (d[one] + d[other]);
            });
            Equations equations = new Equations(system);
            equations.begin(Cancellation.NEVER, new double[0]);
            equations.segment(0, 1);
            ConservedSums sums = new ConservedSums(equations, 3, List.of(0, 1, 2));
            sums.segment(new double[] {1, 1, 1}, 1);
            for (int power = 0; power < 330; power++) {
                double below = 1e-2 * StrictMath.pow(0.9, power);
                double[] start = new double[3];
                start[one] = below;
                sums.keep(start);
                double[] state = {0, 0, 0};
                state[one] = -below;
                state[other] = 1e-321;
                sums.restoreBetween(state, 1, start, start);
                assertThat(state).as("%s below 0, common %d", below, common).doesNotContain(Double.NaN);
                assertThat(DoubleStream.of(state).min().orElseThrow()).isNotNegative();
            }
        }
    }
}
