package ${package};

import java.util.List;
import java.util.Map;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.GrowthModelContractTest;
import org.oncotwin.sdk.conformance.ReferenceOdeSolver;

/** The laws that every growth model obeys, for a typical tumour. */
class ExponentialLinearContractTest extends GrowthModelContractTest {

    /** What a drug given on day 0 does while it decays: start + amplitude exp(-day). */
    private record Decaying(double start, double amplitude) implements TimeFunction {

        @Override
        public double at(double day) {
            return start + amplitude * StrictMath.exp(-day);
        }

        @Override
        public double integral(double from, double to) {
            return start * (to - from) - amplitude * StrictMath.exp(-from) * StrictMath.expm1(from - to);
        }
    }

    @Override
    protected GrowthModel newModel() {
        return new ExponentialLinearModel();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("exponential_growth_rate", 0.27, "linear_growth_rate", 0.8);
    }

    @Override
    protected List<Observation> observations() {
        return List.of(new Observation.Scalar(Quantity.TUMOUR_VOLUME, SimulationTime.ZERO, 0.05, NoiseModel.EXACT));
    }

    @Override
    protected Map<EffectPort<?>, Effects> typicalEffects() {
        return Map.of(
                EffectPort.SURVIVING_FRACTION,
                Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.6)),
                EffectPort.REMAINING_FRACTION,
                Effects.of(EffectPort.REMAINING_FRACTION, SpatialValue.uniform(0.2)),
                EffectPort.KILL_RATE,
                Effects.of(EffectPort.KILL_RATE, KillRate.uniform(new Decaying(0, 0.2))),
                EffectPort.PROLIFERATION_FACTOR,
                Effects.of(EffectPort.PROLIFERATION_FACTOR, new Decaying(1, -0.5)));
    }

    @Override
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.of(new ReferenceOdeSolver(), execution);
    }
}
