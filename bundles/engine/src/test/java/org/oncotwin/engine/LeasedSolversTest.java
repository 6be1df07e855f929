package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
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
    private static final SolverKind ORDINARY = SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS;
    private static final SolverKind STIFF = SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS;
    private static final Execution EXECUTION = new Execution(3, Cancellation.NEVER);

    /** A solver that the run must not see. */
    private String hidden = "";

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
        return LeasedSolvers.lease(
                        registry,
                        Optional.empty(),
                        Set.of(SolverNeed.of(SolverKind.REACTION_DIFFUSION)),
                        plugin -> true)
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

    // ---- Which solver is leased ----

    /** Solves nothing: its solution tells who was asked. */
    private record Named(String id, Set<SolverKind> kinds, Set<SolverFeature> features) implements OdeSolver {

        @Override
        public SolverDescription description() {
            return new SolverDescription(id, "Named " + id, 1, true, kinds, features, List.of(), List.of());
        }

        @Override
        public OdeSolution solve(OdeProblem problem, Execution execution) {
            return new OdeSolution(
                    problem.interval().end().days(),
                    OdeSolution.End.INTERVAL,
                    problem.initial(),
                    problem.parameters(),
                    new double[0][],
                    new double[0][],
                    new double[0][][],
                    List.of(),
                    Optional.empty(),
                    new SolverStatistics(
                            id, 1, 0, 1, OptionalDouble.empty(), OptionalDouble.empty(), 1, List.of("asked once")));
        }
    }

    private void offer(String id, int ranking, Set<SolverKind> kinds, SolverFeature... features) {
        registry.odeSolverOffers()
                .add(new Offers.Offer<>(
                        id,
                        id,
                        Version.parseVersion("1.0.0"),
                        "test.bundle",
                        ranking,
                        () -> new PluginIdentity(PluginKind.SOLVER, id, "1.0.0", "test." + id, "c"),
                        new Named(id, kinds, Set.of(features))));
    }

    private static OdeProblem problem(SolverKind kind) {
        OdeSystem still = new OdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] state, double[] parameters, double[] derivatives) {
                derivatives[0] = 0;
            }
        };
        return OdeProblem.of(
                        still,
                        new Interval(SimulationTime.ZERO, SimulationTime.ofDays(1)),
                        new double[] {1},
                        new double[0],
                        OdeTolerance.of(1e-6, 0))
                .ofKind(kind);
    }

    private LeasedSolvers.Counted leased(String wanted, SolverNeed... needs) {
        return LeasedSolvers.lease(
                        registry,
                        Optional.ofNullable(wanted).map(PluginChoice::of),
                        new LinkedHashSet<>(List.of(needs)),
                        plugin -> !plugin.id().equals(hidden))
                .counted(EXECUTION);
    }

    @Tag("SR-307")
    @Test
    void eachNeedIsMetByTheBestRankingSolverThatIsMadeForIt() {
        offer("explicit", 100, Set.of(ORDINARY), SolverFeature.CONDITIONS);
        offer("implicit", 50, Set.of(ORDINARY, STIFF), SolverFeature.CONDITIONS, SolverFeature.SENSITIVITIES);
        offer("other", 10, Set.of(STIFF));
        LeasedSolvers.Counted solvers = leased(null, SolverNeed.of(ORDINARY), SolverNeed.of(STIFF));
        assertThat(solvers.solve(problem(ORDINARY)).statistics().solver()).isEqualTo("explicit");
        assertThat(solvers.solve(problem(STIFF)).statistics().solver()).isEqualTo("implicit");
        assertThat(solvers.solveAll(List.of(problem(STIFF), problem(ORDINARY), problem(STIFF))))
                .extracting(s -> s.statistics().solver())
                .containsExactly("implicit", "explicit", "implicit");
        assertThat(solvers.uses()).extracting(SolverUse::calls).containsExactly(2L, 3L);
        assertThat(solvers.uses()).extracting(SolverUse::warnings).containsOnly(List.of("asked once"));
    }

    @Test
    void aFeatureThatIsNeededRulesOutWhoLacksIt() {
        offer("explicit", 100, Set.of(ORDINARY));
        offer("implicit", 50, Set.of(ORDINARY, STIFF), SolverFeature.SENSITIVITIES);
        LeasedSolvers.Counted solvers = leased(null, SolverNeed.of(ORDINARY, SolverFeature.SENSITIVITIES));
        assertThat(solvers.solve(problem(ORDINARY)).statistics().solver()).isEqualTo("implicit");
    }

    @Tag("SR-307")
    @Test
    void theNamedSolverGoesFirstWhereItMeetsANeed() {
        offer("explicit", 100, Set.of(ORDINARY));
        offer("implicit", 50, Set.of(ORDINARY, STIFF));
        LeasedSolvers.Counted solvers = leased("implicit", SolverNeed.of(ORDINARY));
        assertThat(solvers.solve(problem(ORDINARY)).statistics().solver()).isEqualTo("implicit");
    }

    @Tag("SR-307")
    @Test
    void whatNoSolverMeetsIsRefusedAtTheStart() {
        offer("explicit", 100, Set.of(ORDINARY));
        assertThatThrownBy(() -> leased(null, SolverNeed.of(STIFF, SolverFeature.SENSITIVITIES)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("growth.solver")
                .hasMessageContaining(
                        "no solver for stiff ordinary differential equations with derivatives of the solution is installed")
                .hasMessageContaining("[explicit]");
        assertThatThrownBy(() -> leased("explicit", SolverNeed.of(STIFF)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'explicit' would do nothing")
                .hasMessageContaining("stiff ordinary differential equations");
    }

    @Test
    void aProblemThatThePluginDidNotDeclareIsRefused() {
        offer("explicit", 100, Set.of(ORDINARY));
        offer("implicit", 50, Set.of(STIFF));
        LeasedSolvers.Counted solvers = leased(null, SolverNeed.of(ORDINARY));
        assertThatThrownBy(() -> solvers.solve(problem(STIFF)))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("no solver in use is made for stiff ordinary differential equations")
                .hasMessageContaining("[explicit]")
                .hasMessageContaining("must declare");
    }

    @Tag("SR-1004")
    @Test
    void whatIsNotVisibleDoesNotExist() {
        offer("explicit", 100, Set.of(ORDINARY));
        offer("beside", 200, Set.of(ORDINARY));
        hidden = "beside";
        assertThat(leased(null, SolverNeed.of(ORDINARY))
                        .solve(problem(ORDINARY))
                        .statistics()
                        .solver())
                .isEqualTo("explicit");
        assertThatThrownBy(() -> leased("beside", SolverNeed.of(ORDINARY)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("growth.solver: no solver 'beside'; there is [explicit]");
        hidden = "explicit";
        assertThat(leased(null, SolverNeed.of(ORDINARY))
                        .solve(problem(ORDINARY))
                        .statistics()
                        .solver())
                .isEqualTo("beside");
    }
}
