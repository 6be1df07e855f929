package org.oncotwin.benchmarks.ode;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.AdamsMoultonIntegrator;
import org.apache.commons.math3.ode.nonstiff.AdaptiveStepsizeIntegrator;
import org.apache.commons.math3.ode.nonstiff.DormandPrince54Integrator;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.apache.commons.math3.ode.nonstiff.GraggBulirschStoerIntegrator;
import org.apache.commons.math3.ode.nonstiff.HighamHall54Integrator;
import org.apache.commons.math3.ode.sampling.StepHandler;
import org.apache.commons.math3.ode.sampling.StepInterpolator;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.benchmarks.ode.BenchmarkProblem.Dose;

/**
 * An integrator of Apache Commons Math as the library offers it, started anew at each dose.
 *
 * @param name name in tables
 * @param maker makes the integrator
 */
record LibraryMethod(String name, Maker maker) implements OdeMethod {

    /** Most evaluations of the right-hand side. */
    static final int MOST_EVALUATIONS = 2_000_000;

    private static final double SHORTEST = 1e-14;

    /** Makes an integrator of which steps lie between two lengths. */
    @FunctionalInterface
    interface Maker {

        /** Makes one. */
        AdaptiveStepsizeIntegrator make(double shortest, double longest, double[] absolute, double[] relative);
    }

    /** All of them that control their step. */
    static List<OdeMethod> all() {
        return List.of(
                new LibraryMethod("Dormand-Prince 5(4)", DormandPrince54Integrator::new),
                new LibraryMethod("Dormand-Prince 8(5,3)", DormandPrince853Integrator::new),
                new LibraryMethod("Higham-Hall 5(4)", HighamHall54Integrator::new),
                new LibraryMethod("Gragg-Bulirsch-Stoer", GraggBulirschStoerIntegrator::new),
                new LibraryMethod(
                        "Adams-Moulton, 5 steps",
                        (shortest, longest, absolute, relative) ->
                                new AdamsMoultonIntegrator(5, shortest, longest, absolute, relative)));
    }

    @Override
    public String program() {
        return "Commons Math";
    }

    @Override
    public boolean takes(BenchmarkProblem problem) {
        return true;
    }

    @Override
    public boolean isMadeFor(BenchmarkProblem problem) {
        return problem.kind() == SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS;
    }

    @Override
    public Outcome solve(BenchmarkProblem problem, double relative) {
        double[] state = problem.initial().clone();
        double[] none = new double[0];
        FirstOrderDifferentialEquations equations = new FirstOrderDifferentialEquations() {
            @Override
            public int getDimension() {
                return state.length;
            }

            @Override
            public void computeDerivatives(double day, double[] y, double[] f) {
                problem.system().derivatives(day, y, none, f);
            }
        };
        Counter counter = new Counter();
        long evaluations = 0;
        double day = 0;
        int next = 0;
        while (day < problem.end()) {
            while (next < problem.doses().size()
                    && problem.doses().get(next).time().days() <= day) {
                Dose dose = problem.doses().get(next++);
                state[dose.component()] += dose.amount();
            }
            double stop = next < problem.doses().size()
                    ? problem.doses().get(next).time().days()
                    : problem.end();
            evaluations += segment(equations, counter, problem, relative, day, stop, state, evaluations);
            day = stop;
        }
        return new Outcome(state, counter.steps, -1, evaluations);
    }

    private long segment(
            FirstOrderDifferentialEquations equations,
            Counter counter,
            BenchmarkProblem problem,
            double relative,
            double start,
            double stop,
            double[] state,
            long before) {
        double[] relatives = new double[state.length];
        Arrays.fill(relatives, relative);
        AdaptiveStepsizeIntegrator integrator = maker.make(
                SHORTEST * (stop - start),
                stop - start,
                problem.tolerance(relative).absolute(),
                relatives);
        integrator.setMaxEvaluations((int) (MOST_EVALUATIONS - before));
        integrator.addStepHandler(counter);
        try {
            integrator.integrate(equations, start, state, stop, state);
        } catch (MaxCountExceededException e) {
            throw new GaveUp("the right-hand side had been evaluated " + MOST_EVALUATIONS + " times", e);
        } catch (MathIllegalStateException | MathIllegalArgumentException e) {
            throw new GaveUp(e.getMessage(), e);
        }
        return integrator.getEvaluations();
    }

    /** Counts accepted steps. */
    private static final class Counter implements StepHandler {

        private long steps;

        @Override
        public void init(double start, double[] state, double end) {
            // nothing to prepare: the count goes on over the segments
        }

        @Override
        public void handleStep(StepInterpolator step, boolean last) {
            steps++;
        }
    }
}
