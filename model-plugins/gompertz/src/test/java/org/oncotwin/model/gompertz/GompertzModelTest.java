package org.oncotwin.model.gompertz;

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

@Tag("SR-402")
class GompertzModelTest {

    private static final Solvers ODE = DirectSolvers.of(new DormandPrince853Solver(), Execution.sequential());
    private static final TimeFunction ONE = TimeFunction.constant(1);

    @Test
    void untreatedGrowthIsTheClosedForm() {
        // V0 = 1, K = 100, a = 0.1, t = 10, computed to 16 digits from 100 exp(-ln(100) exp(-1)).
        double volume = volume(0.1, 100, 1, 10, Effects.none(), DirectSolvers.none());
        assertThat(volume).isCloseTo(18.375582613757516, within(1e-12 * 18.4));
    }

    @Test
    void solverAgreesWithTheClosedForm() {
        Effects silent = Effects.of(EffectPort.PROLIFERATION_FACTOR, new Decay(0, 1, 1));
        assertThat(volume(0.1, 100, 1, 10, silent, ODE)).isCloseTo(18.375582613757516, within(1e-11 * 18.4));
    }

    @Test
    void constantEffectsAreTheClosedForm() {
        // a f = 0.2, K g = 50, k = 0.1: plateau K g exp(-k / (a f)).
        Effects effects = Effects.of(EffectPort.PROLIFERATION_FACTOR, TimeFunction.constant(2))
                .and(EffectPort.CARRYING_CAPACITY_FACTOR, TimeFunction.constant(0.5))
                .and(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.1)));
        double plateau = 50 * Math.exp(-0.5);
        double expected = plateau * Math.exp(Math.log(2 / plateau) * Math.exp(-0.2 * 7));
        assertThat(volume(0.1, 100, 2, 7, effects, DirectSolvers.none())).isCloseTo(expected, within(1e-12 * expected));
        Effects silent = effects.and(EffectPort.PROLIFERATION_FACTOR, new Decay(0, 1, 2));
        assertThat(volume(0.1, 100, 2, 7, silent, ODE)).isCloseTo(expected, within(1e-11 * expected));
    }

    @Test
    void varyingProliferationActsByItsIntegral() {
        // With k = 0 and g = 1 time enters only as the integral of a f.
        TimeFunction factor = new Decay(-0.8, 0.3, 1);
        double expected = 100 * Math.exp(-Math.log(100) * Math.exp(-0.1 * factor.integral(0, 10)));
        assertThat(volume(0.1, 100, 1, 10, Effects.of(EffectPort.PROLIFERATION_FACTOR, factor), ODE))
                .isCloseTo(expected, within(1e-11 * expected));
    }

    @Test
    void decayingKillRateIsTheClosedForm() {
        // ds/dt = a (L - s) - k0 exp(-b t): s = L (1 - exp(-a t)) - k0 (exp(-b t) - exp(-a t)) / (a - b), as for a drug
        // that is eliminated.
        double a = 0.1;
        double b = 0.4;
        double k0 = 0.5;
        double logarithm =
                Math.log(100 / 20.0) * -Math.expm1(-a * 12) - k0 * (Math.exp(-b * 12) - Math.exp(-a * 12)) / (a - b);
        double expected = 20 * Math.exp(logarithm);
        Effects effects = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(new Decay(k0, b, 0)));
        assertThat(volume(a, 100, 20, 12, effects, ODE)).isCloseTo(expected, within(1e-11 * expected));
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
    void withoutProliferationKillIsExponential() {
        Effects effects = Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.2)));
        double expected = 10 * Math.exp(-4);
        assertThat(volume(0, 100, 10, 20, effects, DirectSolvers.none())).isCloseTo(expected, within(1e-13));
        assertThat(volume(1e-14, 100, 10, 20, effects, DirectSolvers.none())).isCloseTo(expected, within(1e-11));
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
                new GompertzModel().description().plugin().parameters(),
                Map.of("proliferation", proliferation, "carrying_capacity", capacity));
        return new GompertzModel()
                .bind(Setting.empty(), parameters, TestContext.of("growth", solvers, Cancellation.NEVER, 1e-13));
    }

    private static State state(double volume) {
        return State.at(SimulationTime.ZERO).with(own(volume));
    }

    private static List<ScalarComponent> own(double volume) {
        return List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, "growth", 1, volume));
    }
}
