package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;

/** Convergence: steps of a fixed length, which a tolerance above any error leaves to the bound on steps. */
class OdeOrderTest {

    private static OdeSolution inSteps(OdeSolver solver, double step, double... outputs) {
        OdeProblem problem = Equations.problem(
                        Equations.OSCILLATOR, 20, Equations.numbers(1, 0), Equations.numbers(), 0.1, 1e9)
                .withLargestStep(OptionalDouble.of(step))
                .withOutputs(outputs);
        return Equations.solve(solver, problem);
    }

    private static double errorAtTheEnd(OdeSolver solver, double step) {
        double[] end = inSteps(solver, step).state();
        return Math.hypot(end[0] - Math.cos(20), end[1] + Math.sin(20));
    }

    private static double errorWithin(OdeSolver solver, double step) {
        double[] outputs = new double[500];
        for (int n = 0; n < outputs.length; n++) {
            outputs[n] = 0.0399 * (n + 1);
        }
        double[][] states = inSteps(solver, step, outputs).outputs();
        double worst = 0;
        for (int n = 0; n < outputs.length; n++) {
            worst = Math.max(worst, Math.abs(states[n][0] - Math.cos(outputs[n])));
        }
        return worst;
    }

    @Tag("SR-302")
    @ParameterizedTest
    @CsvSource({"8, 0.5", "5, 0.2"})
    void theErrorFallsWithTheOrderOfTheMethod(int order, double step) {
        OdeSolver solver = order == 8 ? new DormandPrince853Solver() : new DormandPrince54Solver();
        double observed = Math.log(errorAtTheEnd(solver, step) / errorAtTheEnd(solver, step / 2)) / Math.log(2);
        assertThat(observed).isBetween(order - 0.5, order + 0.7);
    }

    /** Interpolation of order 7 and 4 has local errors one power of the step above. */
    @ParameterizedTest
    @CsvSource({"8, 7.4, 1", "5, 4.4, 0.4"})
    void soDoesTheErrorWithinSteps(int order, double least, double step) {
        OdeSolver solver = order == 8 ? new DormandPrince853Solver() : new DormandPrince54Solver();
        double observed = Math.log(errorWithin(solver, step) / errorWithin(solver, step / 2)) / Math.log(2);
        assertThat(observed).isGreaterThan(least);
    }

    @ParameterizedTest
    @MethodSource("org.oncotwin.solver.ode.Equations#solvers")
    void noStepIsLongerThanAskedFor(OdeSolver solver) {
        OdeSolution solution = inSteps(solver, 0.3);
        assertThat(solution.statistics().longestStep()).isEqualTo(0.3);
        assertThat(solution.statistics().steps()).isGreaterThanOrEqualTo(67);
    }
}
