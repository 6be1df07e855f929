package org.oncotwin.treatment.toxicity.organ;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.sdk.conformance.ToxicityModelContractTest;

/** A drug like doxorubicin. */
@Tag("SR-1602")
class CardiacContractTest extends ToxicityModelContractTest {

    @Override
    protected ToxicityModel newModel() {
        return new CardiacModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of("median_dose", 697.0, "steepness", 5.16);
    }

    @Override
    protected Setting setting() {
        return RenalContractTest.PATIENT;
    }
}
