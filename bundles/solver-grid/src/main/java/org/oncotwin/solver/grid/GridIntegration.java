package org.oncotwin.solver.grid;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.WeakHashMap;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.solver.grid.scheme.ReactionFlow;
import org.oncotwin.solver.grid.scheme.Splitting;
import org.oncotwin.solver.grid.scheme.SplittingMethod;
import org.oncotwin.solver.grid.scheme.StepOutcome;

/** Solutions of problems, one at a time; what is derived from a medium is kept as long as the medium lives. */
final class GridIntegration {

    private final Map<Medium, TileOperator> operators = new WeakHashMap<>();

    TileOperator operator(Medium medium) {
        synchronized (operators) {
            return operators.computeIfAbsent(medium, TileOperator::new);
        }
    }

    ReactionDiffusionSolution solve(String solver, ReactionDiffusionProblem problem, Execution execution) {
        execution.cancellation().check();
        TileOperator operator = operator(problem.medium());
        ReactionFlow flow = new ReactionFlow(problem, operator.rates);
        Weights.check(problem, flow.weights());
        try (ThreadTeam team = new ThreadTeam(Math.min(execution.threads(), operator.tiles.nz))) {
            TileFields fields = new TileFields(operator, problem.medium(), flow.weights(), team);
            double largest =
                    fields.load(problem.initial(), problem.interval().start().days());
            SplittingMethod method = new SplittingMethod(
                    problem,
                    new Splitting(problem, flow, operator.largestLoss),
                    flow,
                    largest,
                    fields,
                    execution.cancellation());
            StepOutcome outcome = method.run();
            return new ReactionDiffusionSolution(
                    fields.store(),
                    outcome.steps(),
                    new SolverStatistics(
                            solver,
                            outcome.steps().count(),
                            outcome.rejected(),
                            Math.max(outcome.applications(), outcome.steps().count()),
                            OptionalDouble.of(problem.steps().relativeTolerance()),
                            OptionalDouble.of(outcome.error()),
                            outcome.longest()));
        }
    }

    ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question, Execution execution) {
        execution.cancellation().check();
        TileOperator operator = operator(question.problem().medium());
        try (ThreadTeam team = new ThreadTeam(Math.min(execution.threads(), operator.tiles.nz))) {
            return new GridPullBack(question, operator, team, execution).gradient();
        }
    }
}
