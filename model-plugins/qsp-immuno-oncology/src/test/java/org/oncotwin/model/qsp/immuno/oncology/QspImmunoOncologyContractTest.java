package org.oncotwin.model.qsp.immuno.oncology;

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
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.GrowthModelContractTest;
import org.oncotwin.solver.stiff.RosenbrockSolver;

class QspImmunoOncologyContractTest extends GrowthModelContractTest {

    @Override
    protected GrowthModel newModel() {
        return new QspImmunoOncologyModel();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of();
    }

    @Override
    protected List<Observation> observations() {
        return List.of(new Observation.Scalar(Quantity.TUMOUR_VOLUME, SimulationTime.ZERO, 14, NoiseModel.EXACT));
    }

    @Override
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.of(new RosenbrockSolver(), execution);
    }

    /** Every start is a solution over years, and there are some hundred extremes of parameters: as tight as the law of parts needs, and no tighter. */
    @Override
    protected double relativeTolerance() {
        return 1e-8;
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
                Effects.of(EffectPort.CARRYING_CAPACITY_FACTOR, new Decay(0.5, 0.05, 0.5)),
                EffectPort.PD1_BLOCKADE,
                Effects.of(EffectPort.PD1_BLOCKADE, new Decay(500, 0.04, 0)),
                EffectPort.PDL1_BLOCKADE,
                Effects.of(EffectPort.PDL1_BLOCKADE, new Decay(300, 0.05, 0)));
    }
}
