package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;

class OdeToleranceTest {

    private static final String SOLVERS = "org.oncotwin.solver.ode.Equations#solvers";

    /** Two oscillators that do not know of each other: the tolerance of each component decides how exact it is. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void eachComponentHasItsOwnAbsoluteTolerance(OdeSolver solver) {
        OdeSystem pair = Equations.of(List.of("x", "y"), 0, (day, y, p, dy) -> {
            dy[0] = 3 * Math.cos(3 * day);
            dy[1] = 0;
        });
        OdeProblem problem = Equations.problem(pair, 10, Equations.numbers(0, 0), Equations.numbers(), 1e-12, 0);
        long[] steps = new long[2];
        double[][] tolerances = {{1e-10, 1}, {1, 1e-10}};
        for (int n = 0; n < 2; n++) {
            OdeSolution solution = Equations.solve(
                    solver,
                    OdeProblem.of(
                            pair,
                            problem.interval(),
                            problem.initial(),
                            problem.parameters(),
                            new OdeTolerance(1e-12, tolerances[n])));
            steps[n] = solution.statistics().steps();
            if (n == 0) {
                assertThat(solution.state()[0]).isCloseTo(Math.sin(30), offset(1e-8));
            }
        }
        assertThat(steps[0]).isGreaterThan(3 * steps[1]);
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void aSolutionEndsOnceNothingMoves(OdeSolver solver) {
        OdeProblem problem = Equations.problem(
                        Equations.DECAY, 1000, Equations.numbers(0), Equations.numbers(2, 6), 1e-8, 1e-8)
                .untilSteady(1e-4)
                .withOutputs(1, 900);
        OdeSolution solution = Equations.solve(solver, problem);
        assertThat(solution.end()).isEqualTo(OdeSolution.End.STEADY_STATE);
        // y = 3 (1 - exp(-2 t)), so 6 exp(-2 t) = 1e-4 (y + 1) at day 4.8.
        assertThat(solution.day()).isBetween(4.8, 7.0);
        assertThat(solution.state()[0]).isCloseTo(3, offset(2e-4));
        assertThat(solution.outputs()).hasNumberOfRows(1);
        assertThat(solution.statistics().error()).isEmpty();
        OdeSolution never = Equations.solve(
                solver,
                Equations.problem(Equations.OSCILLATOR, 10, Equations.numbers(1, 0), Equations.numbers(), 1e-8, 1e-8)
                        .untilSteady(1e-4));
        assertThat(never.end()).isEqualTo(OdeSolution.End.INTERVAL);
        assertThat(never.day()).isEqualTo(10);
    }
}
