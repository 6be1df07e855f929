package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.Solvers;

/** Solvers for tests: hands each problem straight to a given solver, or of several to the first that is made for it, without provenance. */
public final class DirectSolvers implements Solvers {

    private final List<OdeSolver> ode;
    private final Optional<ReactionDiffusionSolver> reactionDiffusion;
    private final Execution execution;

    private DirectSolvers(
            List<OdeSolver> ode, Optional<ReactionDiffusionSolver> reactionDiffusion, Execution execution) {
        this.ode = List.copyOf(ode);
        this.reactionDiffusion = reactionDiffusion;
        this.execution = execution;
    }

    /** No solver at all, for plugins that solve nothing. */
    public static DirectSolvers none() {
        return new DirectSolvers(List.of(), Optional.empty(), Execution.sequential());
    }

    /** A solver of ordinary differential equations alone. */
    public static DirectSolvers of(OdeSolver ode, Execution execution) {
        return new DirectSolvers(List.of(ode), Optional.empty(), execution);
    }

    /** Solvers of ordinary differential equations; each problem goes to the first that {@linkplain OdeProblem#need() meets its need}. */
    public static DirectSolvers of(List<OdeSolver> ode, Execution execution) {
        return new DirectSolvers(ode, Optional.empty(), execution);
    }

    /** A solver of reaction-diffusion problems alone. */
    public static DirectSolvers of(ReactionDiffusionSolver reactionDiffusion, Execution execution) {
        return new DirectSolvers(List.of(), Optional.of(reactionDiffusion), execution);
    }

    /** A solver of each kind. */
    public static DirectSolvers of(OdeSolver ode, ReactionDiffusionSolver reactionDiffusion, Execution execution) {
        return new DirectSolvers(List.of(ode), Optional.of(reactionDiffusion), execution);
    }

    @Override
    public OdeSolution solve(OdeProblem problem) {
        return ode(problem).solve(problem, execution);
    }

    @Override
    public List<OdeSolution> solveAll(List<OdeProblem> problems) {
        List<OdeSolver> chosen = problems.stream().map(this::ode).distinct().toList();
        if (chosen.size() == 1) {
            return chosen.get(0).solveAll(problems, execution);
        }
        List<OdeSolution> solutions = new ArrayList<>();
        for (OdeProblem problem : problems) {
            try {
                solutions.add(solve(problem));
            } catch (SolverException failure) {
                throw new SolverException("problem " + solutions.size() + ": " + failure.getMessage(), failure);
            }
        }
        return solutions;
    }

    private OdeSolver ode(OdeProblem problem) {
        if (ode.isEmpty()) {
            throw missing("ordinary differential equations");
        }
        if (ode.size() == 1) {
            return ode.get(0);
        }
        return ode.stream()
                .filter(solver -> solver.description().meets(problem.need()))
                .findFirst()
                .orElseThrow(() -> new SolverException("the test was given no solver for "
                        + problem.need().words() + "; it was given "
                        + ode.stream().map(solver -> solver.description().id()).toList()));
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem) {
        return reactionDiffusion
                .orElseThrow(() -> missing("reaction-diffusion problems"))
                .solve(problem, execution);
    }

    @Override
    public boolean canPullBack() {
        return differentiable().isPresent();
    }

    @Override
    public ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question) {
        return differentiable()
                .map(solver -> solver.pullBack(question, execution))
                .orElseGet(() -> Solvers.super.pullBack(question));
    }

    private Optional<DifferentiableReactionDiffusionSolver> differentiable() {
        return reactionDiffusion
                .filter(DifferentiableReactionDiffusionSolver.class::isInstance)
                .map(DifferentiableReactionDiffusionSolver.class::cast);
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException(
                "the test was given no solver of " + what + "; override solvers(Execution) to give one");
    }
}
