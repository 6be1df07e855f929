package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;

class OdePositivityTest {

    private static final String SOLVERS = "org.oncotwin.solver.ode.Equations#solvers";

    /** A to B to C, fast and slow. */
    private static final OdeSystem CHAIN = Equations.of(List.of("A", "B", "C"), 0, (day, y, p, dy) -> {
        dy[0] = -50 * y[0];
        dy[1] = 50 * y[0] - 7 * y[1];
        dy[2] = 7 * y[1];
    });

    /** Prey that predators turn into predators, who die and become prey's food again: nothing gets lost. */
    private static final OdeSystem CLOSED = Equations.of(List.of("prey", "predator", "remains"), 0, (day, y, p, dy) -> {
        double eaten = 40 * y[0] * y[1];
        double died = 8 * y[1];
        double eatenUp = 3 * y[2] * y[0];
        dy[0] = eatenUp - eaten;
        dy[1] = eaten - died;
        dy[2] = died - eatenUp;
    });

    private static double[] days(double end) {
        return IntStream.rangeClosed(0, 1500).mapToDouble(n -> end * n / 1500).toArray();
    }

    private static double lowest(OdeSolution solution) {
        double lowest = Arrays.stream(solution.state()).min().orElseThrow();
        for (double[] output : solution.outputs()) {
            lowest = Math.min(lowest, Arrays.stream(output).min().orElseThrow());
        }
        return lowest;
    }

    private static void assertPositiveAndConserved(OdeSolution solution, double mass) {
        assertThat(lowest(solution)).isNotNegative();
        for (double[] output : solution.outputs()) {
            assertThat(Arrays.stream(output).sum()).isCloseTo(mass, offset(1e-12 * mass));
        }
        double day = 0.31830988 * solution.day();
        double[] between = new double[solution.state().length];
        solution.trajectory().orElseThrow().at(day, between);
        assertThat(Arrays.stream(between).min().orElseThrow()).isNotNegative();
        assertThat(Arrays.stream(between).sum()).isCloseTo(mass, offset(1e-12 * mass));
    }

    private static OdeProblem loose(OdeSystem system, double end, double... initial) {
        return Equations.problem(system, end, initial, Equations.numbers(), 1e-3, 1e-2)
                .withOutputs(days(end))
                .withTrajectory();
    }

    @Tag("SR-305")
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void keepsPositiveWithoutLosingMass(OdeSolver solver) {
        List<OdeProblem> problems = List.of(
                loose(CHAIN, 3, 1, 0, 0),
                loose(CLOSED, 12, 1, 0.01, 0.3),
                loose(Equations.cascade(12, 9), 4, unit(12)));
        int needed = 0;
        for (OdeProblem problem : problems) {
            needed += isNegativeOrLost(solver, problem) ? 1 : 0;
            List<Integer> all =
                    IntStream.range(0, problem.initial().length).boxed().toList();
            OdeSolution kept = Equations.solve(solver, problem.withNonNegative(all));
            assertPositiveAndConserved(kept, Arrays.stream(problem.initial()).sum());
        }
        // The tolerance alone does not keep it: the bound has something to do.
        assertThat(needed).isGreaterThanOrEqualTo(2);
    }

    private static boolean isNegativeOrLost(OdeSolver solver, OdeProblem problem) {
        try {
            return lowest(Equations.solve(solver, problem)) < 0;
        } catch (SolverException e) {
            return e.getMessage().contains("now -");
        }
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void isAsExactAsTheToleranceAsks(OdeSolver solver) {
        double[][] ends = new double[2][];
        for (int n = 0; n < 2; n++) {
            double tolerance = n == 0 ? 1e-12 : 1e-8;
            List<Integer> kept = n == 0 ? List.of() : List.of(0, 1, 2);
            ends[n] = Equations.solve(
                            solver,
                            Equations.problem(
                                            CLOSED,
                                            12,
                                            Equations.numbers(1, 0.01, 0.3),
                                            Equations.numbers(),
                                            tolerance,
                                            tolerance)
                                    .withNonNegative(kept))
                    .state();
        }
        assertThat(ends[1]).containsExactly(ends[0], offset(1e-5));
    }

    /**
     * A product that starts as the tenth power of time: the method of order 5 has a negative weight, so that its first step, however short, ends a little below 0, and only
     * mixing helps.
     */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aStepThatIsNegativeAtAnyLengthIsMixed(OdeSolver solver) {
        for (int power = 1; power < 12; power++) {
            int q = power;
            OdeSystem delayed =
                    Equations.of(List.of("source", "first", "second", "third", "product"), 0, (day, y, p, dy) -> {
                        double made = Math.pow(y[3], q);
                        dy[0] = -made;
                        dy[1] = 1;
                        dy[2] = y[1];
                        dy[3] = y[2];
                        dy[4] = made;
                    });
            OdeProblem problem = Equations.problem(
                            delayed, 1.5, Equations.numbers(1, 0, 0, 0, 0), Equations.numbers(), 1e-8, 1e-8)
                    .withOutputs(days(1.5))
                    .withNonNegative(List.of(0, 1, 2, 3, 4));
            OdeSolution solution = Equations.solve(solver, problem);
            if (q > 1 && solver.description().order() == 5) {
                assertThat(solution.statistics().rejectedSteps()).isGreaterThanOrEqualTo(5);
            }
            assertThat(lowest(solution)).isNotNegative();
            for (double[] output : solution.outputs()) {
                assertThat(output[0] + output[4]).isCloseTo(1, offset(1e-12));
            }
            double expected = Math.pow(1.5, 3 * q + 1) / Math.pow(6, q) / (3 * q + 1);
            assertThat(solution.state()[4]).isCloseTo(expected, offset(1e-6));
        }
    }

    private static double[] unit(int length) {
        double[] unit = new double[length];
        unit[0] = 1;
        return unit;
    }

    /** A tight tolerance over a long cascade that starts empty, where the powers of the Jacobian beyond the order have any sign. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aLongEmptyCascadeFillsWithoutUndershoot(OdeSolver solver) {
        for (double tolerance : new double[] {1e-4, 1e-7, 1e-10}) {
            OdeSystem cascade = Equations.cascade(20, 3);
            OdeProblem problem = Equations.problem(cascade, 5, unit(20), Equations.numbers(), tolerance, tolerance)
                    .withOutputs(days(5))
                    .withTrajectory()
                    .withNonNegative(IntStream.range(0, 20).boxed().toList());
            OdeSolution solution = Equations.solve(solver, problem);
            assertPositiveAndConserved(solution, 1);
            // Poisson: link n holds exp(-15) 15^n / n!.
            double expected = Math.exp(-15);
            for (int n = 0; n < 19; n++) {
                assertThat(solution.state()[n]).isCloseTo(expected, offset(200 * tolerance));
                expected *= 15.0 / (n + 1);
            }
        }
    }

    /** The solution itself becomes negative, and nobody may bend it. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void refusesASolutionThatIsNegativeInTruth(OdeSolver solver) {
        OdeSystem falling = Equations.of(List.of("tumour volume"), 0, (day, y, p, dy) -> dy[0] = -1);
        OdeProblem problem = Equations.problem(falling, 5, Equations.numbers(2), Equations.numbers(), 1e-6, 1e-6)
                .withNonNegative(List.of(0));
        assertThatThrownBy(() -> Equations.solve(solver, problem))
                .isInstanceOf(SolverException.class)
                .hasMessageMatching("at day (1\\.99999|2\\.0000).*")
                .hasMessageContaining("tumour volume becomes -")
                .hasMessageContaining("shall not be negative")
                .hasMessageContaining("derivative before is -1.0");
    }

    /** Positivity and derivatives together: the derivative of a linear chain by its initial value is the chain. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void derivativesGoWithIt(OdeSolver solver) {
        OdeProblem problem = Equations.problem(CHAIN, 3, Equations.numbers(1, 0, 0), Equations.numbers(), 1e-6, 1e-6)
                .withNonNegative(List.of(0, 1, 2))
                .alongDirections(List.of(OdeDirection.ofInitial(CHAIN, 0)));
        OdeSolution solution = Equations.solve(solver, problem);
        assertThat(solution.derivatives()[0]).containsExactly(solution.state(), offset(1e-5));
    }
}
