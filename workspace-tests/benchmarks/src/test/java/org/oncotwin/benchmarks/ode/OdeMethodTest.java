package org.oncotwin.benchmarks.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.twin.Cancellation;

/** What is timed does solve the problems. */
class OdeMethodTest {

    private static BenchmarkProblem problem(String name) throws IOException {
        return BenchmarkProblem.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void libraryReachesTheReference() throws IOException {
        for (OdeMethod method : LibraryMethod.all()) {
            OdeMethod.Outcome outcome = method.solve(problem("saturable"), 1e-8);
            assertThat(problem("saturable").error(outcome.state()))
                    .as(method.name())
                    .isLessThan(1e-5);
            assertThat(outcome.evaluations()).isGreaterThan(outcome.steps());
        }
    }

    @Test
    void libraryGivesUpWhereItIsStiff() {
        assertThatThrownBy(() -> LibraryMethod.all().get(0).solve(problem("van-der-pol"), 1e-4))
                .isInstanceOf(OdeMethod.GaveUp.class);
    }

    @Test
    void solversReachTheReferenceOfWhatTheyAreMadeFor() throws IOException {
        for (BenchmarkProblem problem : BenchmarkProblem.all()) {
            for (OdeSolver solver : Solvers.all()) {
                OdeMethod method = new ContractMethod(solver);
                if (solver.description().kinds().contains(problem.kind()) && method.takes(problem)) {
                    assertThat(problem.error(method.solve(problem, 1e-8).state()))
                            .as(method.name() + " on " + problem.name())
                            .isLessThan(1e-4);
                }
            }
        }
    }

    @Test
    void batchesAreSolved() {
        for (OdeSolver solver : Solvers.all()) {
            List<OdeProblem> problems = OdeBatches.problems(5, OdeBatches.kind(solver));
            List<OdeSolution> solutions = solver.solveAll(problems, new Execution(2, Cancellation.NEVER));
            assertThat(OdeBatches.error(problems, solutions))
                    .as(solver.description().id())
                    .isLessThan(1e-4);
        }
    }

    @Test
    void closedFormOfTwoCompartmentsSolvesThem() {
        double[] parameters = TwoCompartments.patient(7);
        double step = 1e-4;
        double[] before = TwoCompartments.exact(3.3 - step, OdeBatches.doseDays(), 100, parameters);
        double[] after = TwoCompartments.exact(3.3 + step, OdeBatches.doseDays(), 100, parameters);
        double[] slope = new double[2];
        new TwoCompartments()
                .derivatives(0, TwoCompartments.exact(3.3, OdeBatches.doseDays(), 100, parameters), parameters, slope);
        for (int i = 0; i < 2; i++) {
            assertThat((after[i] - before[i]) / (2 * step))
                    .isCloseTo(slope[i], within(1e-5 * Math.abs(slope[i]) + 1e-6));
        }
        assertThat(List.of(after[0], after[1])).allMatch(value -> value > 0);
    }
}
