package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SparsityPattern;
import org.oncotwin.api.twin.SimulationTime;

/** Every way to fail says when, where and with which value. */
class FailuresTest {

    private static final OdeSystem SYSTEM = Systems.named(2, 1, i -> i == 0 ? "drug" : "cells", (t, y, p, d) -> {
        d[0] = -p[0] * y[0];
        d[1] = y[1] * y[1];
    });

    private static OdeProblem problem(OdeSystem system, double first, double second, double parameter) {
        return Systems.problem(system, 10, new double[] {first, second}, new double[] {parameter}, 1e-6);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(OdeProblem problem) {
        return assertThatThrownBy(() -> new RosenbrockSolver().solve(problem, Execution.sequential()))
                .isInstanceOf(SolverException.class);
    }

    @Test
    void initialStateAndParametersMustBeFinite() {
        assertFailure(problem(SYSTEM, Double.NaN, 0, 1)).hasMessageContaining("at day 0.0 the initial drug is NaN");
        assertFailure(problem(SYSTEM, 1, Double.POSITIVE_INFINITY, 1))
                .hasMessageContaining("the initial cells is Infinity");
        assertFailure(problem(SYSTEM, 1, 0, Double.NaN)).hasMessageContaining("parameter 0 is NaN");
    }

    @Test
    void derivativesMustBeFinite() {
        OdeSystem system = Systems.named(2, 1, i -> i == 0 ? "drug" : "cells", (t, y, p, d) -> {
            d[0] = 1;
            d[1] = t < 3 ? 1 : Double.NaN;
        });
        assertFailure(problem(system, 1, 1, 1))
                .hasMessageContaining("at day 3.0")
                .hasMessageContaining("the derivative of cells is NaN where cells is ")
                .hasMessageContaining("the step becomes");
        OdeSystem atOnce = Systems.named(2, 1, i -> "drug", (t, y, p, d) -> d[0] = 1);
        assertFailure(problem(atOnce, 1, 1, 1))
                .hasMessageContaining("at day 0.0")
                .hasMessageContaining("NaN");
    }

    @Test
    void jacobiansMustBeFinite() {
        OdeSystem system = Systems.of(1, 0, (t, y, p, d) -> d[0] = -y[0], new Systems.Known() {
            @Override
            public void jacobian(double day, double[] y, double[] p, double[] entries) {
                entries[0] = y[0] > 0.5 ? -1 : Double.NaN;
            }

            @Override
            public void along(double day, double[] y, double[] p, double[] dp, double[] d) {
                d[0] = 0;
            }
        });
        assertFailure(Systems.problem(system, 10, new double[] {1}, new double[0], 1e-6))
                .hasMessageContaining(
                        "the derivative with respect to component 0 of the derivative of component 0 is NaN")
                .hasMessageContaining("NaN");
    }

    @Test
    void aSolutionThatCeasesToExistIsNamed() {
        assertFailure(problem(SYSTEM, 1, 1, 1))
                .hasMessageContaining("at day 1.0000")
                .hasMessageContaining("cells (")
                .hasMessageContaining("shortest allowed");
    }

    @Test
    void eventsMustLeaveFiniteNumbers() {
        OdeProblem problem = problem(SYSTEM, 1, 0, 1);
        SimulationTime time = SimulationTime.ofDays(2);
        assertFailure(problem.withEvents(List.of(OdeEvent.add(time, 1, Double.NaN))))
                .hasMessageContaining("at day 2.0 cells is NaN after an event");
        assertFailure(problem.withEvents(List.of(OdeEvent.set(time, 0, Double.NEGATIVE_INFINITY))))
                .hasMessageContaining("at day 2.0 parameter 0 is -Infinity after an event");
    }

    @Test
    void tolerancesFinerThanNumbersAreRefused() {
        assertFailure(Systems.problem(SYSTEM, 10, new double[] {1, 0}, new double[] {1}, 1e-14))
                .hasMessageContaining("1.0E-14")
                .hasMessageContaining("1.0E-13");
    }

    @Test
    void stepsAreBounded() {
        OdeSystem fast = Systems.of(2, 0, (t, y, p, d) -> {
            d[0] = 1e7 * y[1];
            d[1] = -1e7 * y[0];
        });
        assertFailure(Systems.problem(fast, 1000, new double[] {1, 0}, new double[0], 1e-8))
                .hasMessageContaining("200000 steps")
                .hasMessageContaining("component");
    }

    @Test
    void aSystemWithoutEquationsIsRefused() {
        OdeSystem nothing = Systems.of(0, 0, (t, y, p, d) -> {});
        assertFailure(Systems.problem(nothing, 1, new double[0], new double[0], 1e-6))
                .hasMessageContaining("without equations");
    }

    @Test
    void aPatternMustFit() {
        OdeSystem system = new OdeSystem() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {
                d[0] = 0;
                d[1] = 0;
            }

            @Override
            public SparsityPattern sparsity() {
                return SparsityPattern.full(3);
            }
        };
        assertFailure(Systems.problem(system, 1, new double[2], new double[0], 1e-6))
                .hasMessageContaining("for 3 components");
    }

    @Test
    void ofManyProblemsTheFirstThatFailsIsNamed() {
        OdeProblem good = problem(SYSTEM, 1, 0, 1);
        OdeProblem bad = problem(SYSTEM, Double.NaN, 0, 1);
        for (int threads : new int[] {1, 2, 5}) {
            Execution execution = new Execution(threads, () -> false);
            assertThatThrownBy(() ->
                            new RosenbrockSolver().solveAll(List.of(good, good, good, bad, good, bad, good), execution))
                    .isInstanceOf(SolverException.class)
                    .hasMessageStartingWith("problem 3: at day 0.0 the initial drug is NaN");
        }
        assertThat(new RosenbrockSolver().solveAll(List.of(), Execution.sequential()))
                .isEmpty();
    }

    @Test
    void whatTheEquationsThrowComesOutOfAllThreads() {
        IllegalStateException thrown = new IllegalStateException("from the equations");
        OdeSystem system = Systems.of(1, 0, (t, y, p, d) -> {
            throw thrown;
        });
        OdeProblem problem = Systems.problem(system, 1, new double[1], new double[0], 1e-6);
        assertThatThrownBy(() -> new RosenbrockSolver()
                        .solveAll(List.of(problem, problem, problem), new Execution(3, () -> false)))
                .isSameAs(thrown);
    }

    @Test
    void cancellationEndsAllThreads() {
        AtomicBoolean cancelled = new AtomicBoolean();
        OdeSystem system = Systems.of(1, 0, (t, y, p, d) -> {
            if (t > 0.1) {
                cancelled.set(true);
            }
            d[0] = 1e4 * (Math.sin(1e3 * t) - y[0]);
        });
        OdeProblem problem = Systems.problem(system, 100, new double[1], new double[0], 1e-8);
        assertThatThrownBy(() -> new RosenbrockSolver()
                        .solveAll(List.of(problem, problem, problem), new Execution(2, cancelled::get)))
                .isInstanceOf(CancellationException.class);
    }
}
