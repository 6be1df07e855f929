package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.SimulationTime;

@Tag("SR-308")
class OdeStiffnessTest {

    private static final String SOLVERS = "org.oncotwin.solver.ode.Equations#solvers";

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void warnsOfVanDerPol(OdeSolver solver) {
        OdeSolution solution = Equations.solve(
                solver,
                Equations.problem(
                        Equations.VAN_DER_POL, 20, Equations.numbers(2, 0), Equations.numbers(1000), 1e-6, 1e-6));
        // The fast eigenvalue is 1000 (1 - 2^2) = -3000 per day: 29 s.
        assertThat(solution.statistics().warnings())
                .singleElement()
                .asString()
                .startsWith("the equations seem stiff at day ")
                .containsPattern("current settles within about (2[6-9]|3[0-4]) s")
                .contains("'rosenbrock'");
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void warnsOfRobertson(OdeSolver solver) {
        OdeSolution solution = Equations.solve(
                solver,
                Equations.problem(
                        Equations.ROBERTSON, 10, Equations.numbers(1, 0, 0), Equations.numbers(), 1e-6, 1e-10));
        assertThat(solution.statistics().warnings())
                .singleElement()
                .asString()
                .startsWith("the equations seem stiff at day ")
                .contains("B settles within about");
    }

    /** Long and at every tolerance, so that the test for stiffness has thousands of steps to err in. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void doesNotWarnOfWhatIsNotStiff(OdeSolver solver) {
        for (double tolerance : new double[] {1e-3, 1e-6, 1e-9}) {
            List<OdeProblem> problems = List.of(
                    Equations.problem(
                            Equations.LOGISTIC, 5000, Equations.numbers(1), Equations.numbers(0.1, 100), tolerance, 0),
                    Equations.problem(
                            Equations.OSCILLATOR,
                            8000,
                            Equations.numbers(1, 0),
                            Equations.numbers(),
                            tolerance,
                            tolerance),
                    Equations.problem(
                            Equations.PREDATOR_AND_PREY,
                            5000,
                            Equations.numbers(10, 5),
                            Equations.numbers(1.1, 0.4, 0.1, 0.4),
                            tolerance,
                            tolerance),
                    pharmacokinetics(tolerance));
            for (OdeProblem problem : problems) {
                assertThat(Equations.solve(solver, problem).statistics().warnings())
                        .isEmpty();
            }
        }
    }

    /** Two compartments with half-lives of hours and days, and a dose a day for half a year. */
    private static OdeProblem pharmacokinetics(double tolerance) {
        OdeSystem compartments = Equations.of(List.of("plasma", "tissue"), 0, (day, y, p, dy) -> {
            dy[0] = -4 * y[0] + 0.5 * y[1];
            dy[1] = 1.5 * y[0] - 0.5 * y[1];
        });
        List<OdeEvent> doses = new ArrayList<>();
        for (int day = 0; day < 180; day++) {
            doses.add(OdeEvent.add(SimulationTime.ofDays(day), 0, 100));
        }
        return Equations.problem(compartments, 180, Equations.numbers(0, 0), Equations.numbers(), tolerance, tolerance)
                .withEvents(doses);
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void theErrorWhenTheBoundIsMetSaysWhatToAskFor(OdeSolver solver) {
        OdeSystem stiff = Equations.of(List.of("drug", "receptor"), 0, (day, y, p, dy) -> {
            dy[0] = -y[0];
            dy[1] = -1e8 * (y[1] - y[0]);
        });
        OdeProblem problem = Equations.problem(stiff, 30, Equations.numbers(1, 1), Equations.numbers(), 1e-6, 1e-6);
        assertThatThrownBy(() -> Equations.solve(solver, problem))
                .isInstanceOf(SolverException.class)
                .hasMessageStartingWith("at day 0.0")
                .hasMessageContaining("2000000")
                .hasMessageContaining("receptor")
                .hasMessageContaining("'rosenbrock'");
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2.5 d", "0.5, 12 h", "0.01, 14 min", "0.0001, 8.6 s", "1e-8, 0.86 ms", "1e-12, 8.6e-05 ms"})
    void tellsTimesInWords(double days, String words) {
        assertThat(Stiffness.words(days)).isEqualTo(words);
    }

    @Test
    void limitsOfStabilityAreThoseOfTheMethods() {
        // |R(z)| = 1 on the negative real axis: at -3.31 for order 5, at -6.15 for order 8. Growth beyond shows it.
        OdeSystem decay = Equations.of(List.of("y"), 0, (day, y, p, dy) -> dy[0] = -y[0]);
        OdeProblem free = Equations.problem(decay, 2000, Equations.numbers(1), Equations.numbers(), 1e-3, 1e-3);
        for (double[] expected : new double[][] {{0, 6.1}, {1, 3.25}}) {
            OdeSolver solver = expected[0] == 0 ? new DormandPrince853Solver() : new DormandPrince54Solver();
            OdeSolution solution = Equations.solve(solver, free);
            double typical = 2000.0 / solution.statistics().steps();
            assertThat(typical).isBetween(0.75 * expected[1], 1.3 * expected[1]);
        }
    }
}
