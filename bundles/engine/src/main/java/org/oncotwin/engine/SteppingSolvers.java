package org.oncotwin.engine;

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

/** Solvers that note the steps which were taken, and can have earlier ones taken again. */
final class SteppingSolvers implements Solvers {

    private final Solvers solvers;
    private final List<StepSequence> taken = new ArrayList<>();
    private List<StepSequence> repeated = List.of();

    SteppingSolvers(Solvers solvers) {
        this.solvers = solvers;
    }

    /** A new interval begins, in which the given steps are to be taken again, problem by problem in the order in which they are posed; problems beyond them choose their own. */
    synchronized void begin(List<StepSequence> repeat) {
        taken.clear();
        repeated = List.copyOf(repeat);
    }

    /** Steps that were taken since the interval began. */
    synchronized List<StepSequence> taken() {
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
    public synchronized ReactionDiffusionSolution solve(ReactionDiffusionProblem problem) {
        ReactionDiffusionProblem posed = problem;
        int number = taken.size();
        if (number < repeated.size() && endTogether(problem, repeated.get(number))) {
            posed = problem.withSteps(problem.steps().repeating(repeated.get(number)));
        }
        ReactionDiffusionSolution solution = solvers.solve(posed);
        taken.add(solution.steps());
        return solution;
    }

    private static boolean endTogether(ReactionDiffusionProblem problem, StepSequence steps) {
        return steps.end(steps.count() - 1) == problem.interval().end().days();
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
