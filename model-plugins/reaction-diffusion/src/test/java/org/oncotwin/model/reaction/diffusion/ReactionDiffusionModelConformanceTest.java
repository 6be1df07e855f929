package org.oncotwin.model.reaction.diffusion;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.GrowthModelContractTest;
import org.oncotwin.solver.grid.GridSolver;

@Tag("SR-403")
class ReactionDiffusionModelConformanceTest extends GrowthModelContractTest {

    @Override
    protected GrowthModel newModel() {
        return new ReactionDiffusionModel();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("proliferation", 0.05, "diffusion.white", 0.1, "diffusion.grey", 0.02);
    }

    @Override
    protected List<Observation> observations() {
        return List.of(new Observation.Image(
                Quantity.TUMOUR_CELLULARITY, SimulationTime.ZERO, Brain.tumour(), NoiseModel.EXACT));
    }

    @Override
    protected Map<EffectPort<?>, Effects> typicalEffects() {
        Field cavity = Brain.field((i, j, k) -> i < 6 ? 0 : 1);
        return Map.of(
                EffectPort.SURVIVING_FRACTION,
                Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.9)),
                EffectPort.REMAINING_FRACTION,
                Effects.of(EffectPort.REMAINING_FRACTION, SpatialValue.varying(cavity)),
                EffectPort.KILL_RATE,
                Effects.of(EffectPort.KILL_RATE, KillRate.uniform(new Decay(0.05, 0.3))),
                EffectPort.PROLIFERATION_FACTOR,
                Effects.of(EffectPort.PROLIFERATION_FACTOR, new Decay(0.8, 0.01)));
    }

    @Override
    protected Setting setting() {
        return Setting.of(Brain.anatomy());
    }

    @Override
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.of(new GridSolver(), execution);
    }

    @Override
    protected Interval interval() {
        return new Interval(SimulationTime.ZERO, SimulationTime.ofDays(10));
    }

    /** Bounds up to D = 100 mm2/d over ten years would take minutes. */
    @Override
    protected double longHorizon() {
        return 100;
    }

    /** The model's own: a share of what is usual for volumes would ask for far more than a field needs. */
    @Override
    protected double relativeTolerance() {
        return ReactionDiffusionProcess.DEFAULT_RELATIVE_TOLERANCE;
    }

    /** The grid solver has steps of its own choice, of second order and with rho dt up to 0.05: parts differ from the whole by its error in time. */
    @Override
    protected double tolerance() {
        return 2e-3;
    }

    /** amplitude exp(-rate t). */
    private record Decay(double amplitude, double rate) implements TimeFunction {

        @Override
        public double at(double day) {
            return amplitude * Math.exp(-rate * day);
        }

        @Override
        public double integral(double from, double to) {
            return amplitude * (Math.exp(-rate * from) - Math.exp(-rate * to)) / rate;
        }
    }
}
