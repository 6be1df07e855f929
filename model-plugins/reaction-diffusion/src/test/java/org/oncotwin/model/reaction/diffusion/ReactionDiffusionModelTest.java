package org.oncotwin.model.reaction.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TensorField;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.solver.grid.GridSolver;

@Tag("SR-403")
class ReactionDiffusionModelTest {

    private static final Map<String, Double> TISSUES =
            Map.of("proliferation", 0.05, "diffusion.white", 0.1, "diffusion.grey", 0.02);

    private static GrowthProcess bind(Anatomy anatomy, Map<String, Double> given) {
        ReactionDiffusionModel model = new ReactionDiffusionModel();
        Parameters parameters = Parameters.resolve(model.description().plugin().parameters(), given);
        DirectSolvers solvers = DirectSolvers.of(new GridSolver(), Execution.sequential());
        // Without a tolerance of the run: the model asks for its own.
        return model.bind(
                Setting.of(anatomy),
                parameters,
                TestContext.of("model", solvers, Cancellation.NEVER, TestContext.HORIZON, OptionalDouble.empty()));
    }

    private static State start(GrowthProcess process, Field cellularity) {
        Observation seen =
                new Observation.Image(Quantity.TUMOUR_CELLULARITY, SimulationTime.ZERO, cellularity, NoiseModel.EXACT);
        return State.at(SimulationTime.ZERO).with(process.initial(SimulationTime.ZERO, List.of(seen)));
    }

    private static State advance(GrowthProcess process, State state, double days, Effects effects) {
        Interval interval =
                new Interval(state.time(), SimulationTime.ofDays(state.time().days() + days));
        return state.at(interval.end(), process.advance(state, interval, effects));
    }

    private static Field field(State state) {
        return state.field("model", Quantity.TUMOUR_CELLULARITY);
    }

    @Test
    void anEqualDensityGrowsLogistically() {
        GrowthProcess process = bind(Brain.maskOnly(), Map.of("proliferation", 0.05, "diffusion", 0.1));
        State state = advance(process, start(process, Field.constant(Brain.GRID, 0.01)), 60, Effects.none());
        double exact = 0.01 * Math.exp(3) / (1 + 0.01 * Math.expm1(3));
        assertThat(field(state).value(3, 3, 3)).isCloseTo(exact, within(1e-12));
    }

    @Test
    void approachesTheCarryingCapacity() {
        Map<String, Double> given = Map.of("proliferation", 1.0, "diffusion", 0.1, "carrying_capacity", 0.6);
        GrowthProcess process = bind(Brain.maskOnly(), given);
        State state = advance(process, start(process, Field.constant(Brain.GRID, 0.3)), 60, Effects.none());
        assertThat(field(state).value(0)).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void spreadsFasterInWhiteMatterAndNotIntoCsf() {
        GrowthProcess process = bind(Brain.anatomy(), TISSUES);
        Field between = Brain.field((i, j, k) -> i == 6 || i == 7 ? 0.5 : 0);
        Field later = field(advance(process, start(process, between), 20, Effects.none()));
        assertThat(later.value(9, 4, 3)).isGreaterThan(2 * later.value(4, 4, 3));
        assertThat(later.value(1, 4, 3)).isZero();
    }

    @Test
    void proliferatesAsTheTissueDoes() {
        Map<String, Double> given = Map.of(
                "proliferation.white", 0.1, "proliferation.grey", 0.05, "diffusion.white", 0.0, "diffusion.grey", 0.0);
        GrowthProcess process = bind(Brain.anatomy(), given);
        Field later =
                field(advance(process, start(process, Brain.field((i, j, k) -> i < 2 ? 0 : 0.01)), 10, Effects.none()));
        assertThat(later.value(10, 1, 1)).isCloseTo(0.01 * Math.E / (1 + 0.01 * Math.expm1(1)), within(1e-13));
        assertThat(later.value(3, 1, 1)).isCloseTo(0.01 * Math.exp(0.5) / (1 + 0.01 * Math.expm1(0.5)), within(1e-13));
    }

    @Test
    void honoursKillRateByItsIntegralAndProliferationFactor() {
        GrowthProcess process = bind(Brain.maskOnly(), Map.of("proliferation", 0.1, "diffusion", 0.1));
        Effects effects = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.2)))
                .and(EffectPort.PROLIFERATION_FACTOR, TimeFunction.constant(0));
        Field later = field(advance(process, start(process, Field.constant(Brain.GRID, 0.4)), 5, effects));
        assertThat(later.value(0)).isCloseTo(0.4 * Math.exp(-1), within(1e-13));
    }

    @Test
    void multipliesByInstantFractions() {
        GrowthProcess process = bind(Brain.anatomy(), TISSUES);
        State state = start(process, Brain.tumour());
        SpatialValue cavity = SpatialValue.varying(Brain.field((i, j, k) -> i == 8 ? 0 : 1));
        Effects effects = Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.25))
                .and(EffectPort.REMAINING_FRACTION, cavity);
        Field after = field(state.with(process.respond(state, effects)));
        assertThat(after.value(9, 4, 3)).isEqualTo(0.25 * Brain.tumour().value(9, 4, 3));
        assertThat(after.value(8, 4, 3)).isZero();
    }

    @Test
    void aUniformFractionMultipliesEveryVoxelAndOneLeavesTheFieldAsItIs() {
        GrowthProcess process = bind(Brain.anatomy(), TISSUES);
        State state = start(process, Brain.tumour());
        for (double fraction : new double[] {0, 0.3, 1}) {
            Effects effects = Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(fraction));
            double[] wanted = field(state).toArray();
            for (int index = 0; index < wanted.length; index++) {
                wanted[index] *= fraction;
            }
            assertThat(field(state.with(process.respond(state, effects)))).isEqualTo(Field.of(Brain.GRID, wanted));
        }
    }

    @Test
    void sharesTheToleranceOutOverTheHorizonAndPosesEveryProblemInOneMedium() {
        List<ReactionDiffusionProblem> asked = new ArrayList<>();
        Interval horizon = new Interval(SimulationTime.ofDays(0), SimulationTime.ofDays(200));
        GrowthProcess process = bind(asked, horizon, OptionalDouble.of(1e-3), OptionalDouble.of(0.5));
        State state = start(process, Brain.tumour());
        state = advance(process, state, 50, Effects.none());
        state = advance(process, state, 150, Effects.none());
        assertThat(asked)
                .extracting(p -> p.steps().relativeTolerance())
                .containsExactly(1e-3 * 50 / 200, 1e-3 * 150 / 200);
        assertThat(asked).extracting(p -> p.steps().largestStep()).containsOnly(OptionalDouble.of(0.5));
        assertThat(asked.get(1).medium()).isSameAs(asked.get(0).medium());
    }

    @Test
    void asksForItsOwnToleranceIfTheRunAsksForNoneAndNeverForLessThanNumbersAllow() {
        List<ReactionDiffusionProblem> asked = new ArrayList<>();
        Interval year = new Interval(SimulationTime.ofDays(0), SimulationTime.ofDays(400));
        GrowthProcess process = bind(asked, year, OptionalDouble.empty(), OptionalDouble.empty());
        State state = start(process, Brain.tumour());
        advance(process, state, 400, Effects.none());
        GrowthProcess exact = bind(asked, year, OptionalDouble.of(1e-14), OptionalDouble.empty());
        advance(exact, state, 1, Effects.none());
        assertThat(asked).extracting(p -> p.steps().relativeTolerance()).containsExactly(1e-4, 1e-14);
        assertThat(asked).allSatisfy(p -> assertThat(p.steps().largestStep()).isEmpty());
    }

    @Tag("SR-404")
    @Test
    void hasTheOrientationOfTheAnatomyAndNoneWithoutIt() {
        TensorField tensors = TensorField.owning(Brain.GRID, new float[TensorField.COMPONENTS][Brain.GRID.size()]);
        List<ReactionDiffusionProblem> asked = new ArrayList<>();
        Interval year = new Interval(SimulationTime.ofDays(0), SimulationTime.ofDays(400));
        for (Anatomy anatomy : List.of(Brain.anatomy(), Brain.anatomy().withDiffusionTensors(tensors))) {
            GrowthProcess process = bind(anatomy, asked, year, OptionalDouble.empty(), OptionalDouble.empty());
            advance(process, start(process, Brain.tumour()), 1, Effects.none());
        }
        assertThat(asked.get(0).medium().orientation()).isEmpty();
        assertThat(asked.get(1).medium().orientation()).containsSame(tensors);
    }

    private static GrowthProcess bind(
            List<ReactionDiffusionProblem> asked,
            Interval horizon,
            OptionalDouble tolerance,
            OptionalDouble largestStep) {
        return bind(Brain.anatomy(), asked, horizon, tolerance, largestStep);
    }

    /** A process whose problems are kept in a list; nothing moves in its solver. */
    private static GrowthProcess bind(
            Anatomy anatomy,
            List<ReactionDiffusionProblem> asked,
            Interval horizon,
            OptionalDouble tolerance,
            OptionalDouble largestStep) {
        ReactionDiffusionModel model = new ReactionDiffusionModel();
        Parameters parameters = Parameters.resolve(model.description().plugin().parameters(), TISSUES);
        Solvers solvers = new Solvers() {
            @Override
            public OdeSolution solve(OdeProblem problem) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<OdeSolution> solveAll(List<OdeProblem> problems) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem) {
                asked.add(problem);
                double end = problem.interval().end().days();
                return new ReactionDiffusionSolution(
                        problem.initial(),
                        StepSequence.endingAt(end),
                        new SolverStatistics("none", 1, 0, 1, OptionalDouble.empty(), OptionalDouble.empty(), end));
            }
        };
        RunContext plain = TestContext.of("model", solvers, Cancellation.NEVER, horizon, tolerance);
        RunContext context = new RunContext(
                plain.owner(),
                plain.solvers(),
                plain.random(),
                plain.cancellation(),
                plain.horizon(),
                plain.relativeTolerance(),
                largestStep);
        return model.bind(Setting.of(anatomy), parameters, context);
    }

    @Test
    void observesVolumeAtThresholdAndBurdenInCubicCentimetres() {
        GrowthProcess process = bind(Brain.maskOnly(), Map.of("proliferation", 0.1, "diffusion", 0.1));
        State state = start(process, Brain.field((i, j, k) -> i == 0 ? 0.5 : i == 1 ? 0.499 : 0));
        Map<Quantity, Double> seen = process.observe(state);
        assertThat(seen.get(Quantity.TUMOUR_VOLUME)).isCloseTo(9 * 7 * 2 / 1000.0, within(1e-12));
        assertThat(seen.get(Quantity.TUMOUR_BURDEN)).isCloseTo(9 * 7 * 2 * 0.999 / 1000.0, within(1e-12));
        Map<String, Double> low = new HashMap<>(Map.of("proliferation", 0.1, "diffusion", 0.1));
        low.put("volume_threshold", 0.16);
        assertThat(bind(Brain.maskOnly(), low).observe(state).get(Quantity.TUMOUR_VOLUME))
                .isCloseTo(2 * 9 * 7 * 2 / 1000.0, within(1e-12));
    }

    @Test
    void namesUnknownTissueAndThoseThatThereAre() {
        assertThatThrownBy(() -> bind(
                        Brain.anatomy(), Map.of("proliferation", 0.1, "diffusion.white", 0.1, "diffusion.bone", 0.1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("diffusion.bone")
                .hasMessageContaining("[csf, grey, white]");
    }

    @Test
    void needsOneValueWithAMaskAlone() {
        assertThatThrownBy(() -> bind(Brain.maskOnly(), TISSUES))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("diffusion")
                .hasMessageContaining("no tissue in the anatomy");
    }

    @Test
    void namesVoxelAndValueOfImpossibleCellularity() {
        GrowthProcess process = bind(Brain.anatomy(), TISSUES);
        for (double bad : new double[] {1.5, -0.25, Double.NaN}) {
            Field field = Brain.field((i, j, k) -> i == 5 && j == 4 && k == 3 ? bad : 0);
            assertThatThrownBy(() -> start(process, field))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("(5, 4, 3)")
                    .hasMessageContaining(Double.toString(bad));
        }
    }

    @Test
    void refusesATumourThatLiesWhollyOutside() {
        GrowthProcess process = bind(Brain.anatomy(), TISSUES);
        assertThatThrownBy(() -> start(process, Brain.field((i, j, k) -> i == 0 ? 0.5 : 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void saysHowMuchOfTheTumourIsLeftOut() {
        GrowthProcess process = bind(Brain.anatomy(), TISSUES);
        Field half = Brain.field((i, j, k) -> i == 1 || i == 2 ? 0.5 : 0);
        Observation seen =
                new Observation.Image(Quantity.TUMOUR_CELLULARITY, SimulationTime.ZERO, half, NoiseModel.EXACT);
        assertThat(process.remarks(List.of(seen))).singleElement().asString().contains("50 %");
        assertThat(field(start(process, half)).value(1, 4, 3)).isZero();
    }

    @Test
    void refusesAnObservationOfAnotherDay() {
        GrowthProcess process = bind(Brain.anatomy(), TISSUES);
        Observation late = new Observation.Image(
                Quantity.TUMOUR_CELLULARITY, SimulationTime.ofDays(1), Brain.tumour(), NoiseModel.EXACT);
        assertThatThrownBy(() -> process.initial(SimulationTime.ZERO, List.of(late)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("day 1.0");
    }
}
