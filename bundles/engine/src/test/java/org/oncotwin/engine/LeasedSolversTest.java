package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;
import org.osgi.framework.Version;

/** What a run asks of its solvers, and what provenance says of it. */
class LeasedSolversTest {

    private static final Grid GRID = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
    private static final Execution EXECUTION = new Execution(3, Cancellation.NEVER);

    private final PluginRegistry registry = new PluginRegistry();

    /** Solves nothing: says that it took two steps and made an error of its choice. */
    private static class Still implements ReactionDiffusionSolver {

        private final OptionalDouble error;

        Still(OptionalDouble error) {
            this.error = error;
        }

        @Override
        public SolverDescription description() {
            return new SolverDescription(
                    "still",
                    "Nothing moves",
                    1,
                    true,
                    Set.of(SolverKind.REACTION_DIFFUSION),
                    Set.of(),
                    List.of("solves nothing"),
                    List.of("test"));
        }

        @Override
        public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, Execution execution) {
            return new ReactionDiffusionSolution(
                    problem.initial(),
                    StepSequence.endingAt(1, 2),
                    new SolverStatistics(
                            "still", 2, 1, 6, OptionalDouble.of(problem.steps().relativeTolerance()), error, 1));
        }
    }

    /** The same, with the derivative of doing nothing. */
    private static final class Differentiable extends Still implements DifferentiableReactionDiffusionSolver {

        private Execution asked;

        Differentiable() {
            super(OptionalDouble.of(0.25));
        }

        @Override
        public ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question, Execution execution) {
            asked = execution;
            return new ReactionDiffusionGradient(
                    question.cotangent(),
                    new double[2],
                    new double[2],
                    0,
                    new double[0],
                    Optional.empty(),
                    Optional.empty(),
                    0);
        }
    }

    private LeasedSolvers.Counted lease(ReactionDiffusionSolver solver) {
        registry.reactionDiffusionSolverOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        "still",
                        Version.parseVersion("1.0.0"),
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.SOLVER, "still", "1.0.0", "test.still", "c"),
                        solver));
        return LeasedSolvers.lease(registry, Optional.empty(), Set.of(SolverNeed.of(SolverKind.REACTION_DIFFUSION)))
                .counted(EXECUTION);
    }

    private static ReactionDiffusionProblem problem(double tolerance) {
        return new ReactionDiffusionProblem(
                Field.constant(GRID, 0.5),
                Medium.of(GRID, new byte[] {1, 1}, new double[] {0, 1}, new double[] {0, 1}),
                1,
                TimeFunction.constant(1),
                List.of(),
                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(2)),
                StepControl.adaptive(tolerance));
    }

    private static ReactionDiffusionPullBack question() {
        ReactionDiffusionProblem problem = problem(0.5);
        return new ReactionDiffusionPullBack(
                problem.withSteps(problem.steps().repeating(StepSequence.endingAt(1, 2))),
                Field.constant(GRID, 3),
                List.of(),
                false,
                1000);
    }

    @Test
    void errorsOfAllProblemsAreAddedUp() {
        LeasedSolvers.Counted solvers = lease(new Still(OptionalDouble.of(0.25)));
        solvers.solve(problem(0.5));
        solvers.solve(problem(0.125));
        assertThat(solvers.uses())
                .containsExactly(
                        new SolverUse("still", 2, 4, 2, 12, OptionalDouble.of(0.5), OptionalDouble.of(0.5), 1));
        solvers.goOnFrom(
                List.of(new SolverUse("still", 1, 1, 0, 1, OptionalDouble.of(0.5), OptionalDouble.of(0.125), 2)));
        assertThat(solvers.uses())
                .containsExactly(
                        new SolverUse("still", 3, 5, 2, 13, OptionalDouble.of(0.5), OptionalDouble.of(0.625), 2));
    }

    @Test
    void oneProblemWithoutAnEstimateLeavesTheSumUnknown() {
        LeasedSolvers.Counted solvers = lease(new Still(OptionalDouble.empty()));
        solvers.goOnFrom(
                List.of(new SolverUse("still", 1, 1, 0, 1, OptionalDouble.of(0.5), OptionalDouble.of(0.125), 2)));
        solvers.solve(problem(0.5));
        assertThat(solvers.uses()).singleElement().satisfies(use -> assertThat(use.error())
                .isEmpty());
    }

    @Test
    void aPullBackGoesToTheLeasedSolverAndCountsAsACall() {
        Differentiable solver = new Differentiable();
        LeasedSolvers.Counted solvers = lease(solver);
        solvers.solve(problem(0.5));
        assertThat(solvers.canPullBack()).isTrue();
        assertThat(solvers.pullBack(question()).initial()).isEqualTo(Field.constant(GRID, 3));
        assertThat(solver.asked).isSameAs(EXECUTION);
        assertThat(solvers.uses())
                .containsExactly(
                        new SolverUse("still", 2, 2, 1, 6, OptionalDouble.of(0.5), OptionalDouble.of(0.25), 1));
        assertThat(solvers.used()).extracting(PluginIdentity::id).containsExactly("still");
    }

    @Test
    void aSolverThatDoesNotDifferentiateIsNotAsked() {
        LeasedSolvers.Counted solvers = lease(new Still(OptionalDouble.empty()));
        assertThat(solvers.canPullBack()).isFalse();
        assertThatThrownBy(() -> solvers.pullBack(question()))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("does not differentiate");
        assertThat(solvers.uses()).isEmpty();
    }
}
