package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Cancellation;

class OdeBatchTest {

    private static final String SOLVERS = "org.oncotwin.solver.ode.Equations#solvers";

    private static OdeProblem patient(int number) {
        double[] parameters = {0.1 + 0.01 * number, 100};
        return Equations.problem(Equations.LOGISTIC, 30, Equations.numbers(1 + number), parameters, 1e-10, 0);
    }

    private static List<OdeProblem> cohort(int size) {
        List<OdeProblem> cohort = new ArrayList<>();
        for (int n = 0; n < size; n++) {
            cohort.add(patient(n));
        }
        return cohort;
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void givesTheBitsOfEachAloneInOrder(OdeSolver solver) {
        List<OdeProblem> cohort = cohort(50);
        for (int threads : new int[] {1, 2, 7, 64}) {
            List<OdeSolution> together = solver.solveAll(cohort, new Execution(threads, Cancellation.NEVER));
            assertThat(together).hasSize(50);
            for (int n = 0; n < 50; n++) {
                assertThat(together.get(n).state())
                        .isEqualTo(Equations.solve(solver, cohort.get(n)).state());
            }
        }
        assertThat(solver.solveAll(List.of(), Execution.sequential())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void namesTheFirstThatFailsAndItsReason(OdeSolver solver) {
        List<OdeProblem> cohort = cohort(20);
        double[] parameters = {1, 100};
        for (int n : new int[] {11, 13}) {
            cohort.set(
                    n, Equations.problem(Equations.LOGISTIC, 30, Equations.numbers(Double.NaN), parameters, 1e-10, 0));
        }
        for (int threads : new int[] {1, 3}) {
            assertThatThrownBy(() -> solver.solveAll(cohort, new Execution(threads, Cancellation.NEVER)))
                    .isInstanceOf(SolverException.class)
                    .hasMessageStartingWith("problem 11 of 20")
                    .hasMessageContaining("initial tumour volume is NaN");
        }
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void passesOnWhatEquationsThrow(OdeSolver solver) {
        IllegalStateException thrown = new IllegalStateException("from the model");
        StackOverflowError error = new StackOverflowError();
        for (Throwable any : List.of(thrown, error)) {
            OdeSystem failing = Equations.of(List.of("x"), 0, (day, y, p, dy) -> {
                if (any == error) {
                    throw error;
                }
                throw thrown;
            });
            OdeProblem problem = Equations.problem(failing, 1, Equations.numbers(1), Equations.numbers(), 1e-6, 0);
            assertThatThrownBy(
                            () -> solver.solveAll(List.of(patient(1), problem), new Execution(2, Cancellation.NEVER)))
                    .isSameAs(any);
        }
    }

    @ParameterizedTest
    @MethodSource(SOLVERS)
    void endsAsCancelled(OdeSolver solver) {
        AtomicLong evaluations = new AtomicLong();
        OdeSystem endless = Equations.of(List.of("x"), 0, (day, y, p, dy) -> {
            evaluations.incrementAndGet();
            dy[0] = Math.cos(1e6 * day);
        });
        OdeProblem problem = Equations.problem(endless, 1000, Equations.numbers(0), Equations.numbers(), 1e-12, 1e-12);
        Execution execution = new Execution(2, () -> evaluations.get() > 1000);
        assertThatThrownBy(() -> solver.solveAll(List.of(problem, problem, problem), execution))
                .isInstanceOf(CancellationException.class);
        assertThat(evaluations).hasValueLessThan(1005);
    }

    /** Whoever interrupts a batch gets its thread back, still interrupted. */
    @ParameterizedTest
    @MethodSource(SOLVERS)
    void anInterruptedBatchKeepsTheInterruption(OdeSolver solver) {
        Thread.currentThread().interrupt();
        try {
            solver.solveAll(cohort(4), new Execution(4, Cancellation.NEVER));
        } catch (CancellationException e) {
            assertThat(e).hasMessageContaining("cancelled");
        }
        assertThat(Thread.interrupted()).isTrue();
    }
}
