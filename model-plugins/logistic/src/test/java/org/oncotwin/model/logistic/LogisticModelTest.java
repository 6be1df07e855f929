package org.oncotwin.model.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.solver.ode.DormandPrince853Solver;

@Tag("SR-401")
class LogisticModelTest {

    private static final Solvers ODE = DirectSolvers.of(new DormandPrince853Solver(), Execution.sequential());
    private static final TimeFunction ONE = TimeFunction.constant(1);

    @Test
    void untreatedGrowthIsTheClosedForm() {
        // V0 = 1, K = 100, r = 0.3, t = 10, computed to 16 digits from 100 / (1 + 99 exp(-3)).
        double volume = volume(0.3, 100, 1, 10, Effects.none(), DirectSolvers.none());
        assertThat(volume).isCloseTo(16.86647887068201, within(1e-12 * 16.9));
    }

    @Test
    void solverAgreesWithTheClosedForm() {
        Effects silent = Effects.of(EffectPort.PROLIFERATION_FACTOR, new Decay(0, 1, 1));
        assertThat(volume(0.3, 100, 1, 10, silent, ODE)).isCloseTo(16.86647887068201, within(1e-11 * 16.9));
    }

    @Test
    void constantEffectsAreTheClosedForm() {
        // r f = 0.6, k = 0.1, K g = 50: net rate 0.5, plateau K g (1 - k / (r f)).
        Effects effects = Effects.of(EffectPort.PROLIFERATION_FACTOR, TimeFunction.constant(2))
                .and(EffectPort.CARRYING_CAPACITY_FACTOR, TimeFunction.constant(0.5))
                .and(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.1)));
        double plateau = 50 * (1 - 0.1 / 0.6);
        double expected = plateau / (1 + (plateau / 2 - 1) * Math.exp(-0.5 * 7));
        assertThat(volume(0.3, 100, 2, 7, effects, DirectSolvers.none())).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void constantEffectsThroughTheSolverAreTheClosedForm() {
        Effects effects = Effects.of(EffectPort.PROLIFERATION_FACTOR, new Decay(0, 1, 2))
                .and(EffectPort.CARRYING_CAPACITY_FACTOR, TimeFunction.constant(0.5))
                .and(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.1)));
        double plateau = 50 * (1 - 0.1 / 0.6);
        double expected = plateau / (1 + (plateau / 2 - 1) * Math.exp(-0.5 * 7));
        assertThat(volume(0.3, 100, 2, 7, effects, ODE)).isCloseTo(expected, within(1e-11 * expected));
    }

    @Test
    void varyingProliferationActsByItsIntegral() {
        // With k = 0 and g = 1 time enters only as the integral of r f.
        TimeFunction factor = new Decay(-0.8, 0.3, 1);
        double growth = 0.3 * factor.integral(0, 10);
        double expected = 100 / (1 + 99 * Math.exp(-growth));
        assertThat(volume(0.3, 100, 1, 10, Effects.of(EffectPort.PROLIFERATION_FACTOR, factor), ODE))
                .isCloseTo(expected, within(1e-11 * expected));
    }

    @Tag("SR-204")
    @Test
    void killRateThatDecaysWithinHoursActsFully() {
        TimeFunction rate = new Decay(50, 200, 0);
        double expected = 5 * Math.exp(-rate.integral(0, 30));
        assertThat(volume(0, 100, 5, 30, Effects.of(EffectPort.KILL_RATE, KillRate.uniform(rate)), ODE))
                .isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void killRateThatBalancesGrowthIsTheLimitOfTheClosedForm() {
        // n = 0: V = V0 / (1 + r V0 t / K).
        Effects effects = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.3)));
        assertThat(volume(0.3, 100, 10, 20, effects, DirectSolvers.none())).isCloseTo(10 / 1.6, within(1e-13));
    }

    @Test
    void netRatesAroundZeroGiveOneCurve() {
        double balanced = 10 / 1.6;
        for (double kill : new double[] {0.3 - 1e-9, 0.3 + 1e-9}) {
            Effects effects = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(kill)));
            assertThat(volume(0.3, 100, 10, 20, effects, DirectSolvers.none())).isCloseTo(balanced, within(1e-6));
        }
    }

    @Test
    void tumourAboveTheCapacityShrinksToIt() {
        double soon = volume(0.3, 100, 250, 1, Effects.none(), DirectSolvers.none());
        assertThat(soon).isBetween(100.0, 250.0);
        assertThat(volume(0.3, 100, 250, 1000, Effects.none(), DirectSolvers.none()))
                .isCloseTo(100, within(1e-10));
    }

    @Test
    void capacityAndNothingStayAsTheyAre() {
        assertThat(volume(0.3, 100, 0, 1000, Effects.none(), DirectSolvers.none()))
                .isZero();
        assertThat(volume(0.3, 100, 100, 1000, Effects.none(), DirectSolvers.none()))
                .isCloseTo(100, within(1e-12));
    }

    @Test
    void longTimesNeitherOverflowNorTurnIntoNaN() {
        assertThat(volume(10, 100, 1e-6, 36500, Effects.none(), DirectSolvers.none()))
                .isCloseTo(100, within(1e-12));
        Effects strong = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(50)));
        assertThat(volume(0, 100, 10, 36500, strong, DirectSolvers.none())).isZero();
    }

    @Test
    void smallestVolumeGrowsBackToTheCapacity() {
        Effects silent = Effects.of(EffectPort.PROLIFERATION_FACTOR, new Decay(0, 1, 1));
        assertThat(volume(1, 1e5, Double.MIN_VALUE, 2000, Effects.none(), DirectSolvers.none()))
                .isCloseTo(1e5, within(1e-12 * 1e5));
        // The logarithm rises by 756, to which the tolerance of 1e-13 is relative.
        assertThat(volume(1, 1e5, Double.MIN_VALUE, 2000, silent, ODE)).isCloseTo(1e5, within(1e-10 * 1e5));
    }

    @Test
    void fractionsMultiplyTheVolume() {
        GrowthProcess process = process(0.3, 100, ODE);
        Effects effects = Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.5))
                .and(EffectPort.REMAINING_FRACTION, SpatialValue.uniform(0.25));
        assertThat(process.respond(state(16), effects)).isEqualTo(own(2));
    }

    @Test
    void effectsThatDifferFromVoxelToVoxelAreRefusedByPort() {
        GrowthProcess process = process(0.3, 100, ODE);
        SpatialValue field = SpatialValue.varying(Field.constant(new Grid(2, 2, 2, Affine.scaling(1, 1, 1)), 0.5));
        for (EffectPort<SpatialValue> port : List.of(EffectPort.SURVIVING_FRACTION, EffectPort.REMAINING_FRACTION)) {
            assertThatThrownBy(() -> process.respond(state(10), Effects.of(port, field)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(port.name() + ": differs from voxel to voxel");
        }
        KillRate rate = new KillRate(List.of(new KillRate.Term(ONE, field)));
        Interval day = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(1));
        assertThatThrownBy(() -> process.advance(state(10), day, Effects.of(EffectPort.KILL_RATE, rate)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("kill-rate: differs from voxel to voxel");
    }

    @Test
    void burdenIsVolume() {
        assertThat(process(0.3, 100, ODE).observe(state(12.5)))
                .containsOnly(Map.entry(Quantity.TUMOUR_VOLUME, 12.5), Map.entry(Quantity.TUMOUR_BURDEN, 12.5));
    }

    private static double volume(
            double proliferation, double capacity, double start, double days, Effects effects, Solvers solvers) {
        Interval interval = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(days));
        ScalarComponent end = (ScalarComponent) process(proliferation, capacity, solvers)
                .advance(state(start), interval, effects)
                .get(0);
        return end.value();
    }

    private static GrowthProcess process(double proliferation, double capacity, Solvers solvers) {
        Parameters parameters = Parameters.resolve(
                new LogisticModel().description().plugin().parameters(),
                Map.of("proliferation", proliferation, "carrying_capacity", capacity));
        return new LogisticModel()
                .bind(Setting.empty(), parameters, TestContext.of("growth", solvers, Cancellation.NEVER, 1e-13));
    }

    private static State state(double volume) {
        return State.at(SimulationTime.ZERO).with(own(volume));
    }

    private static List<ScalarComponent> own(double volume) {
        return List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, "growth", 1, volume));
    }
}
