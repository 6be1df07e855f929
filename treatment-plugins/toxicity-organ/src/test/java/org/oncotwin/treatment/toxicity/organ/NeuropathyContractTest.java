package org.oncotwin.treatment.toxicity.organ;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.sdk.conformance.ToxicityModelContractTest;

/** A drug like oxaliplatin. */
@Tag("SR-1602")
class NeuropathyContractTest extends ToxicityModelContractTest {

    @Override
    protected ToxicityModel newModel() {
        return new NeuropathyModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of("median_dose_grade_2", 1064.0, "median_dose_grade_3", 2485.0, "steepness", 2.2);
    }

    @Override
    protected Setting setting() {
        return RenalContractTest.PATIENT;
    }
}
