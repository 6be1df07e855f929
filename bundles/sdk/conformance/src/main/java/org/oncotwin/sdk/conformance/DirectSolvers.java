package org.oncotwin.sdk.conformance;

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
import org.oncotwin.api.solver.Solvers;

/** Solvers for tests: hands each problem straight to a given solver, without choice or provenance. */
public final class DirectSolvers implements Solvers {

    private final Optional<OdeSolver> ode;
    private final Optional<ReactionDiffusionSolver> reactionDiffusion;
    private final Execution execution;

    private DirectSolvers(
            Optional<OdeSolver> ode, Optional<ReactionDiffusionSolver> reactionDiffusion, Execution execution) {
        this.ode = ode;
        this.reactionDiffusion = reactionDiffusion;
        this.execution = execution;
    }

    /** No solver at all, for plugins that solve nothing. */
    public static DirectSolvers none() {
        return new DirectSolvers(Optional.empty(), Optional.empty(), Execution.sequential());
    }

    /** A solver of ordinary differential equations alone. */
    public static DirectSolvers of(OdeSolver ode, Execution execution) {
        return new DirectSolvers(Optional.of(ode), Optional.empty(), execution);
    }

    /** A solver of reaction-diffusion problems alone. */
    public static DirectSolvers of(ReactionDiffusionSolver reactionDiffusion, Execution execution) {
        return new DirectSolvers(Optional.empty(), Optional.of(reactionDiffusion), execution);
    }

    /** A solver of each kind. */
    public static DirectSolvers of(OdeSolver ode, ReactionDiffusionSolver reactionDiffusion, Execution execution) {
        return new DirectSolvers(Optional.of(ode), Optional.of(reactionDiffusion), execution);
    }

    @Override
    public OdeSolution solve(OdeProblem problem) {
        return ode().solve(problem, execution);
    }

    @Override
    public List<OdeSolution> solveAll(List<OdeProblem> problems) {
        return ode().solveAll(problems, execution);
    }

    private OdeSolver ode() {
        return ode.orElseThrow(() -> missing("ordinary differential equations"));
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
