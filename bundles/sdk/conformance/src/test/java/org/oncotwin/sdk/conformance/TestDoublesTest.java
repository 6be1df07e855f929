package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeDirection;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

class TestDoublesTest {

    @Test
    void randomNumbersDependOnTheirAddressAlone() {
        SplittableRandomStreams streams = new SplittableRandomStreams(7);
        long first = streams.stream("division", 1, 2).nextLong();
        streams.stream("death", 1, 2).nextLong();
        assertThat(streams.stream("division", 1, 2).nextLong()).isEqualTo(first);
        assertThat(new SplittableRandomStreams(7).stream("division", 1, 2).nextLong())
                .isEqualTo(first);
    }

    @Test
    void randomNumbersDifferBySeedPurposeAndKeys() {
        SplittableRandomStreams streams = new SplittableRandomStreams(7);
        assertThat(new long[] {
                    streams.stream("division", 1, 2).nextLong(),
                    streams.stream("division", 2, 1).nextLong(),
                    streams.stream("division", 1).nextLong(),
                    streams.stream("death", 1, 2).nextLong(),
                    new SplittableRandomStreams(8).stream("division", 1, 2).nextLong()
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void missingSolverIsSaid() {
        OdeSystem nothing = new OdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] y, double[] none, double[] derivatives) {
                derivatives[0] = 0;
            }
        };
        Interval day = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(1));
        OdeProblem problem = OdeProblem.of(nothing, day, new double[] {1}, new double[0], OdeTolerance.of(1e-6, 0));
        assertThatThrownBy(() -> DirectSolvers.none().solve(problem))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no solver of ordinary differential equations");
        assertThat(DirectSolvers.of(new ReferenceOdeSolver(), Execution.sequential())
                        .solve(problem)
                        .state())
                .containsExactly(1);
    }

    @Test
    void ofSeveralSolversTheFirstThatIsMadeForAProblemIsAsked() {
        OdeSolver plain = new Offering("plain", Set.of());
        OdeSolver differentiating = new Offering("differentiating", Set.of(SolverFeature.SENSITIVITIES));
        DirectSolvers solvers = DirectSolvers.of(List.of(plain, differentiating), Execution.sequential());
        OdeProblem simple = OdeContract.compartment(0, 1, 1, 1, 0);
        OdeProblem along = simple.alongDirections(List.of(OdeDirection.ofParameter(simple.system(), 0)));
        assertThat(solvers.solve(simple).statistics().solver()).isEqualTo("plain");
        assertThat(solvers.solve(along).statistics().solver()).isEqualTo("differentiating");
        assertThat(solvers.solveAll(List.of(along, simple)))
                .extracting(solution -> solution.statistics().solver())
                .containsExactly("differentiating", "plain");
        assertThat(solvers.solveAll(List.of())).isEmpty();
        OdeProblem failing = OdeContract.compartment(0, 1, Double.NaN, 1, 0);
        assertThatThrownBy(() -> solvers.solveAll(List.of(along, failing)))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("problem 1")
                .hasMessageContaining("amount");
        OdeProblem watched = simple.withConditions(
                List.of(OdeConditionContract.level("half", 0.5, OdeCondition.Crossing.FALLING, 1e-6)));
        assertThatThrownBy(() -> solvers.solve(watched))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("conditions on the state")
                .hasMessageContaining("plain");
    }

    @Test
    void pullBacksGoToASolverThatDifferentiates() {
        Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
        Field cotangent = Field.constant(grid, 3);
        ReactionDiffusionProblem problem = new ReactionDiffusionProblem(
                Field.constant(grid, 0.5),
                Medium.of(grid, new byte[] {1, 1}, new double[] {0, 1}, new double[] {0, 1}),
                1,
                TimeFunction.constant(1),
                List.of(),
                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(1)),
                StepControl.adaptive(1e-6).repeating(StepSequence.endingAt(1)));
        ReactionDiffusionPullBack question = new ReactionDiffusionPullBack(problem, cotangent, List.of(), false, 1000);
        Execution execution = Execution.sequential();
        DirectSolvers plain = DirectSolvers.of(new ReferenceReactionDiffusionSolver(), execution);
        assertThat(plain.canPullBack()).isFalse();
        assertThatThrownBy(() -> plain.pullBack(question)).isInstanceOf(SolverException.class);
        DirectSolvers differentiating = DirectSolvers.of(new Identity(), execution);
        assertThat(differentiating.canPullBack()).isTrue();
        assertThat(differentiating.pullBack(question).initial()).isEqualTo(cotangent);
    }

    /** The reference solver under another name, which says that it offers some features. */
    private record Offering(String id, Set<SolverFeature> features) implements OdeSolver {

        @Override
        public SolverDescription description() {
            SolverDescription d = new ReferenceOdeSolver().description();
            return new SolverDescription(
                    id, d.title(), d.order(), d.stable(), d.kinds(), features, d.limitations(), d.references());
        }

        @Override
        public OdeSolution solve(OdeProblem problem, Execution execution) {
            OdeSolution s = new ReferenceOdeSolver().solve(problem, execution);
            SolverStatistics t = s.statistics();
            return new OdeSolution(
                    s.day(),
                    s.end(),
                    s.state(),
                    s.parameters(),
                    s.outputs(),
                    s.derivatives(),
                    s.outputDerivatives(),
                    s.crossings(),
                    s.trajectory(),
                    new SolverStatistics(
                            id,
                            t.steps(),
                            t.rejectedSteps(),
                            t.evaluations(),
                            t.tolerance(),
                            t.error(),
                            t.longestStep()));
        }
    }

    /** The derivative of a solver that changes nothing. */
    private static final class Identity extends ReferenceReactionDiffusionSolver
            implements DifferentiableReactionDiffusionSolver {

        @Override
        public ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question, Execution execution) {
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
}
