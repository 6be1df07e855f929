package org.oncotwin.treatment.toxicity.organ;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.sdk.conformance.ToxicityModelContractTest;

/** A drug like cisplatin. */
@Tag("SR-1602")
class RenalContractTest extends ToxicityModelContractTest {

    static final Setting PATIENT = new Setting(
            Optional.empty(),
            new TreeMap<>(Map.of("body_surface_area", 1.8, "serum_creatinine", 0.9)),
            new TreeMap<>());

    @Override
    protected ToxicityModel newModel() {
        return new RenalModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of("filtration_loss", 2.95e-4);
    }

    @Override
    protected Setting setting() {
        return PATIENT;
    }
}
