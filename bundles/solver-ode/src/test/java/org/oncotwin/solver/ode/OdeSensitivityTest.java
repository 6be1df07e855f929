package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SparsityPattern;
import org.oncotwin.api.solver.StateChange;
import org.oncotwin.api.twin.SimulationTime;

@Tag("SR-604")
class OdeSensitivityTest {

    private static final String SOLVERS = "org.oncotwin.solver.ode.Equations#solvers";
    private static final double[] RATES = {1.1, 0.4, 0.1, 0.4};
    private static final double[] START = {10, 5};

    /** Predator and prey, who know their derivatives. */
    private record KnowingPredatorAndPrey() implements DifferentiableOdeSystem {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int parameters() {
            return 4;
        }

        @Override
        public void derivatives(double day, double[] y, double[] p, double[] dy) {
            Equations.PREDATOR_AND_PREY.derivatives(day, y, p, dy);
        }

        @Override
        public void jacobian(double day, double[] y, double[] p, double[] entries) {
            entries[0] = p[0] - p[1] * y[1];
            entries[1] = p[2] * y[1];
            entries[2] = -p[1] * y[0];
            entries[3] = p[2] * y[0] - p[3];
        }

        @Override
        public void alongParameters(double day, double[] y, double[] p, double[] direction, double[] dy) {
            dy[0] = direction[0] * y[0] - direction[1] * y[0] * y[1];
            dy[1] = direction[2] * y[0] * y[1] - direction[3] * y[1];
        }
    }

    /** Two compartments: y0' = -(p0 + p1) y0 + p2 y1, y1' = p1 y0 - p2 y1. */
    private record TwoCompartments() implements LinearOdeSystem {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int parameters() {
            return 3;
        }

        @Override
        public void matrix(double[] p, double[] entries) {
            entries[0] = -p[0] - p[1];
            entries[1] = p[2];
            entries[2] = p[1];
            entries[3] = -p[2];
        }

        @Override
        public void input(double[] p, double[] input) {
            input[0] = 0;
            input[1] = 0;
        }

        @Override
        public void derivatives(double day, double[] y, double[] p, double[] dy) {
            dy[0] = -(p[0] + p[1]) * y[0] + p[2] * y[1];
            dy[1] = p[1] * y[0] - p[2] * y[1];
        }
    }

    private static Complex[] predatorAndPrey(Complex[] y, Complex[] p) {
        Complex meetings = y[0].times(y[1]);
        return new Complex[] {
            p[0].times(y[0]).minus(p[1].times(meetings)), p[2].times(meetings).minus(p[3].times(y[1]))
        };
    }

    private static Complex[] twoCompartments(Complex[] y, Complex[] p) {
        Complex out = p[1].times(y[0]);
        Complex back = p[2].times(y[1]);
        return new Complex[] {back.minus(out).minus(p[0].times(y[0])), out.minus(back)};
    }

    private static Complex[] complex(double[] values, int moved) {
        Complex[] complex = new Complex[values.length];
        for (int i = 0; i < values.length; i++) {
            complex[i] = new Complex(values[i], i == moved ? 1e-100 : 0);
        }
        return complex;
    }

    private static List<OdeDirection> all(OdeSystem system) {
        List<OdeDirection> directions = new ArrayList<>();
        for (int j = 0; j < system.parameters(); j++) {
            directions.add(OdeDirection.ofParameter(system, j));
        }
        for (int i = 0; i < system.dimension(); i++) {
            directions.add(OdeDirection.ofInitial(system, i));
        }
        return directions;
    }

    private static void assertClose(double actual, double expected, double relative, String what) {
        assertThat(Math.abs(actual - expected))
                .as("%s: %s for %s", what, actual, expected)
                .isLessThanOrEqualTo(relative * Math.max(Math.abs(expected), 1e-3));
    }

    private static void assertComplexStep(
            OdeSolver solver, OdeSystem system, Complex.RightHandSide same, double[] initial, double[] parameters) {
        OdeSolution solution = Equations.solve(
                solver,
                Equations.problem(system, 10, initial, parameters, 1e-12, 1e-12)
                        .alongDirections(all(system))
                        .withOutputs(4));
        int count = parameters.length;
        assertThat(solution.derivatives()).hasNumberOfRows(count + initial.length);
        for (int d = 0; d < solution.derivatives().length; d++) {
            for (double day : new double[] {4, 10}) {
                Complex[] expected = Complex.solve(
                        same, complex(initial, d - count), complex(parameters, d < count ? d : -1), day, 8000);
                double[] actual = day == 10 ? solution.derivatives()[d] : solution.outputDerivatives()[0][d];
                for (int i = 0; i < initial.length; i++) {
                    assertClose(
                            actual[i],
                            expected[i].im() / 1e-100,
                            1e-8,
                            system.name(i) + " along " + d + " on day " + day);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void derivativesThatTheSystemKnowsGiveThoseOfComplexSteps(OdeSolver solver) {
        assertComplexStep(solver, new KnowingPredatorAndPrey(), OdeSensitivityTest::predatorAndPrey, START, RATES);
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void differencesGiveThoseOfComplexSteps(OdeSolver solver) {
        assertComplexStep(solver, Equations.PREDATOR_AND_PREY, OdeSensitivityTest::predatorAndPrey, START, RATES);
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void theMatrixOfALinearSystemGivesThoseOfComplexSteps(OdeSolver solver) {
        assertComplexStep(
                solver, new TwoCompartments(), OdeSensitivityTest::twoCompartments, new double[] {3, 0}, new double[] {
                    0.3, 0.7, 0.2
                });
    }

    /** A direction is linear: that of a sum is the sum of those. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void directionsAddUp(OdeSolver solver) {
        OdeProblem problem = Equations.problem(Equations.PREDATOR_AND_PREY, 5, START, RATES, 1e-12, 1e-12);
        OdeDirection both = new OdeDirection(new double[] {0, 2}, new double[] {0, 0, -3, 0});
        double[][] found = Equations.solve(
                        solver,
                        problem.alongDirections(List.of(
                                OdeDirection.ofInitial(problem.system(), 1),
                                OdeDirection.ofParameter(problem.system(), 2),
                                both)))
                .derivatives();
        for (int i = 0; i < 2; i++) {
            assertClose(found[2][i], 2 * found[0][i] - 3 * found[1][i], 1e-9, "component " + i);
        }
    }

    /** A cascade of 30, of which each derivative depends on two components: 2 groups of columns, 8 evaluations instead of 120. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aSparseSystemNeedsFewDifferences(OdeSolver solver) {
        OdeSystem full = Equations.cascade(30, 0.5);
        int[][] rows = new int[30][];
        for (int i = 0; i < 30; i++) {
            rows[i] = i < 29 ? new int[] {i, i + 1} : new int[] {29};
        }
        OdeSystem sparse = new OdeSystem() {
            @Override
            public int dimension() {
                return 30;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] dy) {
                full.derivatives(day, y, p, dy);
            }

            @Override
            public SparsityPattern sparsity() {
                return SparsityPattern.ofColumns(rows);
            }
        };
        double[] initial = new double[30];
        initial[0] = 1;
        OdeSolution[] solutions = new OdeSolution[2];
        OdeSystem[] systems = {full, sparse};
        for (int n = 0; n < 2; n++) {
            solutions[n] = Equations.solve(
                    solver,
                    Equations.problem(systems[n], 10, initial, new double[0], 1e-9, 1e-9)
                            .alongDirections(List.of(OdeDirection.ofInitial(systems[n], 0))));
        }
        assertThat(solutions[1].derivatives()[0]).containsExactly(solutions[1].state(), offset(1e-9));
        assertThat(solutions[1].derivatives()[0]).containsExactly(solutions[0].derivatives()[0], offset(1e-12));
        assertThat(solutions[0].statistics().evaluations())
                .isGreaterThan(10 * solutions[1].statistics().evaluations());
    }

    /** Gompertz at a tiny volume: a step of the difference below 0 would have no logarithm. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void differencesStayInTheDomain(OdeSolver solver) {
        OdeSystem gompertz = Equations.of(
                List.of("tumour volume"), 2, (day, y, p, dy) -> dy[0] = p[0] * y[0] * Math.log(p[1] / y[0]));
        double v0 = 1e-6;
        OdeSolution solution = Equations.solve(
                solver,
                Equations.problem(gompertz, 20, new double[] {v0}, new double[] {0.1, 100}, 1e-11, 1e-6)
                        .alongDirections(all(gompertz)));
        double left = Math.exp(-0.1 * 20);
        double v = 100 * Math.pow(v0 / 100, left);
        assertClose(solution.derivatives()[0][0], -20 * left * Math.log(v0 / 100) * v, 1e-4, "rate");
        assertClose(solution.derivatives()[1][0], (1 - left) * v / 100, 1e-4, "capacity");
        assertClose(solution.derivatives()[2][0], left * v / v0, 1e-4, "initial");
    }

    /** y' = p0 y, which after a dose of p1 and a switch to the rate 2 p0 at day 2 is (y0 exp(2 p0) + p1) exp(6 p0) at day 5; a rate that is set anew depends on nothing. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void eventsPassDerivativesOn(OdeSolver solver) {
        OdeSystem growth = Equations.of(List.of("y"), 2, (day, y, p, dy) -> dy[0] = p[0] * y[0]);
        SimulationTime two = SimulationTime.ofDays(2);
        StateChange dose = (day, state, parameters) -> {
            state[0] += parameters[1];
            parameters[0] *= 2;
        };
        OdeProblem problem = Equations.problem(growth, 5, new double[] {3}, new double[] {0.3, 7}, 1e-12, 0)
                .alongDirections(all(growth));
        double[][] found = Equations.solve(solver, problem.withEvents(List.of(new OdeEvent(two, dose))))
                .derivatives();
        double later = Math.exp(1.8);
        double at = 3 * Math.exp(0.6);
        assertClose(found[0][0], 2 * at * later + 6 * (at + 7) * later, 1e-10, "rate");
        assertClose(found[1][0], later, 1e-10, "dose");
        assertClose(found[2][0], Math.exp(0.6) * later, 1e-10, "initial");
        double set = Equations.solve(solver, problem.withEvents(List.of(OdeEvent.set(two, 0, 0.1))))
                .derivatives()[0][0];
        assertClose(set, 2 * at * Math.exp(0.3), 1e-10, "rate that is set");
    }

    private static OdeCondition at(OdeCondition.Function function, StateChange change, boolean ends) {
        return new OdeCondition(
                "resection", function, OdeCondition.Crossing.RISING, Optional.ofNullable(change), ends, 1e-13);
    }

    /** y' = p0 y up to p1 at t1 = ln(p1 / y0) / p0, where y becomes p1 + t1: at day 10 it is (p1 + t1) y0 / p1 exp(10 p0). */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aConditionMovesWithParametersAndInitialState(OdeSolver solver) {
        OdeSystem growth = Equations.of(List.of("y"), 2, (day, y, p, dy) -> dy[0] = p[0] * y[0]);
        OdeSolution solution = Equations.solve(
                solver,
                Equations.problem(growth, 10, new double[] {3}, new double[] {0.3, 7}, 1e-12, 0)
                        .alongDirections(all(growth))
                        .withConditions(List.of(at((day, y, p) -> y[0] - p[1], (day, y, p) -> y[0] += day, false)))
                        .withOutputs(1));
        double t = Math.log(7.0 / 3) / 0.3;
        double grown = 3.0 / 7 * Math.exp(3);
        double after = 7 + t;
        assertThat(solution.crossings()).hasSize(1);
        assertClose(solution.state()[0], after * grown, 1e-10, "state");
        assertClose(solution.derivatives()[0][0], 10 * after * grown - t / 0.3 * grown, 1e-8, "rate");
        assertClose(solution.derivatives()[1][0], (1 + 1 / (7 * 0.3)) * grown - after * grown / 7, 1e-8, "level");
        assertClose(solution.derivatives()[2][0], -1 / (3 * 0.3) * grown + after * grown / 3, 1e-8, "initial");
        assertClose(solution.outputDerivatives()[0][0][0], 3 * Math.exp(0.3), 1e-8, "before");
    }

    /** Where it ends the solution y is 7 whatever the rate; where it does not, it is but a mark on the way. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConditionWithoutAChangeMovesTheEndOrNothing(boolean ends) {
        OdeSystem growth = Equations.of(List.of("y"), 1, (day, y, p, dy) -> dy[0] = p[0] * y[0]);
        OdeSolution solution = Equations.solve(
                new DormandPrince853Solver(),
                Equations.problem(growth, 10, new double[] {3}, new double[] {0.3}, 1e-12, 0)
                        .withConditions(List.of(at((day, y, p) -> y[0] - 7, null, ends)))
                        .alongDirections(all(growth)));
        double day = ends ? Math.log(7.0 / 3) / 0.3 : 10;
        assertThat(solution.day()).isCloseTo(day, offset(1e-10));
        double expected = ends ? 0 : day * 3 * Math.exp(0.3 * day);
        assertThat(solution.derivatives()[0][0]).isCloseTo(expected, offset(1e-9 * 3 * Math.exp(0.3 * day)));
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aConditionThatIsTouchedHasNoDerivative(OdeSolver solver) {
        OdeSystem ramp = Equations.of(List.of("y"), 1, (day, y, p, dy) -> dy[0] = p[0]);
        OdeProblem problem = Equations.problem(ramp, 10, new double[] {0}, new double[] {1}, 1e-10, 1e-10)
                .withConditions(
                        List.of(at((day, y, p) -> Math.pow(day - 5, 3) + 0 * y[0], (day, y, p) -> y[0] = 0, false)))
                .alongDirections(all(ramp));
        assertThatThrownBy(() -> Equations.solve(solver, problem))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("'resection'")
                .hasMessageContaining("no derivative");
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aDerivativeThatIsNoNumberIsNamed(OdeSolver solver) {
        OdeSystem root = Equations.of(List.of("drug", "effect"), 0, (day, y, p, dy) -> {
            dy[0] = 0;
            dy[1] = Math.sqrt(y[0]);
        });
        OdeProblem problem = Equations.problem(root, 1, new double[] {0, 0}, new double[0], 1e-6, 1e-6)
                .alongDirections(List.of(OdeDirection.ofInitial(root, 0)));
        assertThatThrownBy(() -> Equations.solve(solver, problem))
                .isInstanceOf(SolverException.class)
                .hasMessageStartingWith(
                        "at day 0.0 the derivative of the derivative of effect along direction 0 is NaN");
        OdeDirection infinite = new OdeDirection(new double[] {1, Double.POSITIVE_INFINITY}, new double[0]);
        assertThatThrownBy(() -> Equations.solve(solver, problem.alongDirections(List.of(infinite))))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("derivative of effect along direction 0 is Infinity");
    }
}
