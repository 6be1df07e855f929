package org.example.bertalanffy;

import java.util.List;
import java.util.Map;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.sdk.conformance.GrowthModelContractTest;

/** The laws that every growth model obeys, for a typical tumour. */
class BertalanffyContractTest extends GrowthModelContractTest {

    @Override
    protected GrowthModel newModel() {
        return new BertalanffyModel();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("anabolism", 0.3, "catabolism", 0.1);
    }

    @Override
    protected List<Observation> observations() {
        return List.of(new Observation.Scalar(Quantity.TUMOUR_VOLUME, SimulationTime.ZERO, 1, NoiseModel.EXACT));
    }

    @Override
    protected Map<EffectPort<?>, Effects> typicalEffects() {
        return Map.of(
                EffectPort.SURVIVING_FRACTION,
                Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.6)),
                EffectPort.REMAINING_FRACTION,
                Effects.of(EffectPort.REMAINING_FRACTION, SpatialValue.uniform(0.2)));
    }

    /** Loosened for versions 1.0 and 1.2: with Euler's rule in fixed steps a step of another length ends elsewhere, by some thousandths. */
    @Override
    protected double tolerance() {
        return 0.01;
    }
}
