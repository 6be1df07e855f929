package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.solver.StepSequence;

/** Solvers that note their steps, or take noted steps again, so that a solution is a smooth function of its inputs. */
final class RepeatingSolvers implements Solvers {

    private final Solvers solvers;
    private final List<StepSequence> repeated;
    private final List<StepSequence> taken = new ArrayList<>();

    RepeatingSolvers(Solvers solvers, List<StepSequence> repeated) {
        this.solvers = solvers;
        this.repeated = List.copyOf(repeated);
    }

    /** Steps taken so far, problem by problem. */
    List<StepSequence> taken() {
        return List.copyOf(taken);
    }

    @Override
    public OdeSolution solve(OdeProblem problem) {
        return solvers.solve(problem);
    }

    @Override
    public List<OdeSolution> solveAll(List<OdeProblem> problems) {
        return solvers.solveAll(problems);
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem) {
        ReactionDiffusionProblem posed = taken.size() < repeated.size()
                ? problem.withSteps(problem.steps().repeating(repeated.get(taken.size())))
                : problem;
        ReactionDiffusionSolution solution = solvers.solve(posed);
        taken.add(solution.steps());
        return solution;
    }

    @Override
    public boolean canPullBack() {
        return solvers.canPullBack();
    }

    @Override
    public ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question) {
        return solvers.pullBack(question);
    }
}
