package org.oncotwin.solver.ode;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.exception.NumberIsTooSmallException;
import org.apache.commons.math3.ode.nonstiff.EmbeddedRungeKuttaIntegrator;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverStatistics;

/** One problem on its way to the solution. */
final class Integration {

    static final Set<SolverKind> KINDS =
            Set.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS, SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS);

    static final List<String> LIMITATIONS = List.of(
            "Explicit: a stiff system needs so many steps that the bound on evaluations ends the run with an error.",
            "The tolerance bounds the error of each step; over a long interval the errors of unstable solutions add up to more.");

    /** Smallest relative tolerance; below it the rounding of a double is larger than the error asked for. */
    static final double SMALLEST_TOLERANCE = 1e-14;

    /** Most evaluations of the right-hand side: some 150,000 steps, a hundred times what smooth models need for years. */
    static final int MOST_EVALUATIONS = 2_000_000;

    private final String solver;
    private final OdeProblem problem;
    private final Derivatives derivatives;
    private final StepLimits limits;
    private final Steps steps;

    Integration(String solver, OdeProblem problem, Execution execution) {
        this.solver = solver;
        this.problem = problem;
        this.derivatives = new Derivatives(problem, execution.cancellation());
        this.limits = StepLimits.of(problem);
        this.steps = new Steps(limits, derivatives);
    }

    /** Solves with a new integrator, because one keeps state between calls. */
    OdeSolution solve(BiFunction<StepLimits, Steps, EmbeddedRungeKuttaIntegrator> method) {
        double[] initial = problem.initial();
        check(initial);
        EmbeddedRungeKuttaIntegrator integrator = method.apply(limits, steps);
        integrator.setMaxEvaluations(MOST_EVALUATIONS);
        integrator.addStepHandler(steps);
        double[] state = new double[initial.length];
        try {
            integrator.integrate(derivatives, 0, initial, problem.interval().days(), state);
        } catch (NumberIsTooSmallException e) {
            throw new SolverException(derivatives.notFinite().orElseGet(this::tooShort), e);
        } catch (MaxCountExceededException e) {
            throw new SolverException(tooMany(), e);
        }
        return new OdeSolution(
                problem.interval().end().days(),
                OdeSolution.End.INTERVAL,
                state,
                problem.parameters(),
                new double[0][],
                new double[0][],
                new double[0][][],
                List.of(),
                Optional.empty(),
                new SolverStatistics(
                        solver,
                        steps.accepted(),
                        steps.rejected(),
                        derivatives.evaluations(),
                        OptionalDouble.of(problem.tolerance().relative()),
                        OptionalDouble.empty(),
                        steps.longest()));
    }

    private void check(double[] initial) {
        if (initial.length == 0) {
            throw new SolverException("a system without equations cannot be solved");
        }
        if (problem.tolerance().relative() < SMALLEST_TOLERANCE) {
            throw new SolverException(
                    "a relative tolerance of " + problem.tolerance().relative()
                            + " is finer than the numbers are; the smallest allowed is " + SMALLEST_TOLERANCE);
        }
        int component = Steps.firstNotFinite(initial);
        if (component >= 0) {
            throw new SolverException("at " + problem.interval().start() + " component " + component
                    + " of the initial state is " + initial[component]);
        }
        double[] slope = new double[initial.length];
        derivatives.computeDerivatives(0, initial, slope);
        derivatives.notFinite().ifPresent(what -> {
            throw new SolverException(what);
        });
    }

    private String tooShort() {
        return "at day " + derivatives.day(steps.reached()) + " the step becomes shorter than " + limits.shortest()
                + " d, the shortest allowed; component " + steps.hardest()
                + " is the hardest to follow. The solution may have no value beyond this time, or the right-hand side jumps";
    }

    private String tooMany() {
        return "at day " + derivatives.day(steps.reached()) + " the right-hand side had been evaluated "
                + MOST_EVALUATIONS + " times, the most allowed, in " + steps.accepted() + " accepted and "
                + steps.rejected() + " rejected steps towards "
                + problem.interval().end() + "; component "
                + steps.hardest() + " is the hardest to follow. The system is probably stiff: " + solver
                + " is an explicit method and cannot solve it";
    }
}
