package org.oncotwin.solver.grid;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.solver.grid.scheme.InteractionPicture;
import org.oncotwin.solver.grid.scheme.OneStepMethod;
import org.oncotwin.solver.grid.scheme.ReactionFlow;
import org.oncotwin.solver.grid.scheme.Splitting;
import org.oncotwin.solver.grid.scheme.SplittingMethod;
import org.oncotwin.solver.grid.scheme.StepSizeControl;

/** Solutions of problems, one at a time; what is derived from a medium is kept as long as the medium lives. */
final class GridIntegration {

    /**
     * Voxels from which on problems side by side would crowd each other out of the cache. Measured on two threads, 16 problems side by side were 3.7 times as fast as one after the
     * other with 1728 voxels, 1.4 with 8000, 1.2 with 32768, 1.06 with 110592 and 0.9 with 204733.
     */
    private static final int MOST_SIDE_BY_SIDE = 120_000;

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
        try (ThreadTeam team = new ThreadTeam(Math.min(execution.threads(), operator.tiles.nz));
                TileFields fields = new TileFields(operator, problem.medium(), flow.weights(), team)) {
            double largest = Math.max(
                    problem.carryingCapacity(),
                    fields.load(problem.initial(), problem.interval().start().days()));
            return new StepSizeControl(problem, method(problem, flow, fields, execution))
                    .run()
                    .solution(solver, problem, largest, fields.store(), fields.leaves(largest));
        }
    }

    private static OneStepMethod method(
            ReactionDiffusionProblem problem, ReactionFlow flow, TileFields fields, Execution execution) {
        double largestLoss = fields.operator.largestLoss;
        return InteractionPicture.of(problem, flow, largestLoss)
                .<OneStepMethod>map(picture -> new RungeKuttaMethod(picture, fields, execution.cancellation()))
                .orElseGet(() -> new SplittingMethod(
                        new Splitting(problem, flow, largestLoss), flow, fields, execution.cancellation()));
    }

    /**
     * Solves small problems side by side, each on one thread, so that none waits for another, and large ones one after the other on all threads; what they derive from a medium
     * they share.
     */
    List<ReactionDiffusionSolution> solveAll(
            String solver, List<ReactionDiffusionProblem> problems, Execution execution) {
        int members = Math.min(execution.threads(), problems.size());
        boolean large =
                problems.stream().anyMatch(p -> operator(p.medium()).tiles.voxels() > MOST_SIDE_BY_SIDE);
        if (members < 2 || large) {
            return problems.stream()
                    .map(problem -> solve(solver, problem, execution))
                    .toList();
        }
        ReactionDiffusionSolution[] solutions = new ReactionDiffusionSolution[problems.size()];
        AtomicInteger next = new AtomicInteger();
        Execution alone = new Execution(1, execution.cancellation());
        try (ThreadTeam team = new ThreadTeam(members)) {
            team.all(member -> {
                for (int n = next.getAndIncrement(); n < solutions.length; n = next.getAndIncrement()) {
                    solutions[n] = solve(solver, problems.get(n), alone);
                }
            });
        }
        return List.of(solutions);
    }

    ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question, Execution execution) {
        execution.cancellation().check();
        TileOperator operator = operator(question.problem().medium());
        try (ThreadTeam team = new ThreadTeam(Math.min(execution.threads(), operator.tiles.nz));
                GridPullBack pullBack = new GridPullBack(question, operator, team, execution)) {
            return pullBack.gradient();
        }
    }
}
