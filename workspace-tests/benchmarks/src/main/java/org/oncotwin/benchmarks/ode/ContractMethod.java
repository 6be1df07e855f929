package org.oncotwin.benchmarks.ode;

import java.util.Set;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;

/**
 * One of our solvers, called as plugins call it, with all that it sets up.
 *
 * @param solver the solver
 */
record ContractMethod(OdeSolver solver) implements OdeMethod {

    @Override
    public String name() {
        return solver.description().id();
    }

    @Override
    public String program() {
        return "OncoTwin";
    }

    /** Explicit solvers are measured on stiff problems as well, to see where they give up. */
    @Override
    public boolean takes(BenchmarkProblem problem) {
        return solver.description().kinds().stream()
                .anyMatch(kind -> kind != SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS
                                && kind != SolverKind.REACTION_DIFFUSION
                        || problem.system() instanceof LinearOdeSystem);
    }

    @Override
    public boolean isMadeFor(BenchmarkProblem problem) {
        return solver.description().kinds().contains(problem.kind())
                || problem.system() instanceof LinearOdeSystem && isOnlyForLinear();
    }

    private boolean isOnlyForLinear() {
        return solver.description().kinds().equals(Set.of(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS));
    }

    @Override
    public Outcome solve(BenchmarkProblem problem, double relative) {
        try {
            OdeSolution solution = solver.solve(posed(problem, relative), Execution.sequential());
            return new Outcome(
                    solution.state(),
                    solution.statistics().steps(),
                    solution.statistics().rejectedSteps(),
                    solution.statistics().evaluations());
        } catch (SolverException e) {
            throw new GaveUp(e.getMessage(), e);
        }
    }

    private OdeProblem posed(BenchmarkProblem problem, double relative) {
        OdeProblem posed = problem.posed(relative);
        return solver.description().kinds().contains(posed.kind())
                ? posed
                : posed.ofKind(solver.description().kinds().stream()
                        .filter(kind -> kind != SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS
                                || problem.system() instanceof LinearOdeSystem)
                        .sorted()
                        .findFirst()
                        .orElseThrow());
    }
}
