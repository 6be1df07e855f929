package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeTolerance;

/**
 * Stiff problems against their reference solutions in Mazzia and Magherini, Test Set for Initial Value Problem Solvers, release 2.4 (2008): 14 digits, computed by
 * others in quadruple precision or at far tighter tolerances.
 */
@Tag("SR-303")
class PublishedProblemsTest {

    /** Error at the end allowed as a multiple of the tolerance of a step; measured are at most 0.6. */
    private static final double ERROR_PER_TOLERANCE = 2;

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-6, 1e-8, 1e-10})
    void robertsonOverElevenDecades(double tolerance) {
        // A day stands for 1e6 units of time.
        double[] rates = {0.04, 3e7, 1e4, 1e6};
        double[] reference = {0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050};
        OdeTolerance allowed =
                new OdeTolerance(tolerance, new double[] {tolerance * 1e-8, tolerance * 1e-13, tolerance});
        check(
                t -> Systems.problem(Systems.robertson(), 1e5, new double[] {1, 0, 0}, rates, allowed),
                tolerance,
                reference);
        check(
                t -> Systems.problem(Systems.knownRobertson(), 1e5, new double[] {1, 0, 0}, rates, allowed),
                tolerance,
                reference);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-6, 1e-8, 1e-10})
    void hires(double tolerance) {
        double[] reference = {
            0.7371312573325668e-3,
            0.1442485726316185e-3,
            0.5888729740967575e-4,
            0.1175651343283149e-2,
            0.2386356198831331e-2,
            0.6238968252742796e-2,
            0.2849998395185769e-2,
            0.2850001604814231e-2
        };
        // To the millisecond, 321.8122 d is 321.8122 d.
        check(
                t -> Systems.problem(
                        Systems.hires(), 321.8122, Systems.HIRES_INITIAL, new double[0], OdeTolerance.of(t, 1e-4 * t)),
                tolerance,
                reference);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-6, 1e-8, 1e-10})
    void oregonator(double tolerance) {
        double[] reference = {0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3};
        check(
                t -> Systems.problem(Systems.oregonator(), 360, new double[] {1, 2, 3}, new double[0], t),
                tolerance,
                reference);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-6, 1e-8, 1e-10})
    void vanDerPol(double tolerance) {
        double[] reference = {0.1706167732170483e1, -0.8928097010247975e-3};
        check(
                t -> Systems.problem(
                        Systems.vanDerPol(),
                        2000,
                        new double[] {2, 0},
                        new double[] {1000},
                        OdeTolerance.of(t, 1e-3 * t)),
                tolerance,
                reference);
    }

    private static void check(DoubleFunction<OdeProblem> problem, double tolerance, double[] reference) {
        OdeProblem asked = problem.apply(tolerance);
        OdeSolution solution = new RosenbrockSolver().solve(asked, Execution.sequential());
        for (int i = 0; i < reference.length; i++) {
            double allowed = asked.tolerance().absolute(i) + tolerance * Math.abs(reference[i]);
            assertThat(Math.abs(solution.state()[i] - reference[i]) / allowed)
                    .as("component %d: %s against %s", i, solution.state()[i], reference[i])
                    .isLessThanOrEqualTo(ERROR_PER_TOLERANCE);
        }
    }
}
