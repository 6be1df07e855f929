package org.oncotwin.model.logistic;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
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
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.GrowthModelContractTest;
import org.oncotwin.solver.ode.DormandPrince853Solver;

@Tag("SR-401")
class LogisticContractTest extends GrowthModelContractTest {

    @Override
    protected GrowthModel newModel() {
        return new LogisticModel();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("proliferation", 0.05, "carrying_capacity", 100.0);
    }

    @Override
    protected List<Observation> observations() {
        return List.of(new Observation.Scalar(Quantity.TUMOUR_VOLUME, SimulationTime.ZERO, 10, NoiseModel.EXACT));
    }

    @Override
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.of(new DormandPrince853Solver(), execution);
    }

    @Override
    protected Map<EffectPort<?>, Effects> typicalEffects() {
        return Map.of(
                EffectPort.SURVIVING_FRACTION,
                Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.6)),
                EffectPort.REMAINING_FRACTION,
                Effects.of(EffectPort.REMAINING_FRACTION, SpatialValue.uniform(0.2)),
                EffectPort.KILL_RATE,
                Effects.of(EffectPort.KILL_RATE, KillRate.uniform(new Decay(0.3, 0.2, 0))),
                EffectPort.PROLIFERATION_FACTOR,
                Effects.of(EffectPort.PROLIFERATION_FACTOR, new Decay(-0.5, 0.1, 1)),
                EffectPort.CARRYING_CAPACITY_FACTOR,
                Effects.of(EffectPort.CARRYING_CAPACITY_FACTOR, new Decay(0.5, 0.05, 0.5)));
    }
}
