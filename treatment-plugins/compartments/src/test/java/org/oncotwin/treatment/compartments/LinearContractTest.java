package org.oncotwin.treatment.compartments;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.sdk.conformance.PharmacokineticModelContractTest;

/** Three compartments: docetaxel (Koolen 2010). */
@Tag("SR-1604")
class LinearContractTest extends PharmacokineticModelContractTest {

    @Override
    protected PharmacokineticModel newModel() {
        return new CompartmentModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of(
                "clearance", 44.1,
                "central_volume", 8.9,
                "intercompartmental_clearance", 6.1,
                "peripheral_volume", 7.3,
                "second_intercompartmental_clearance", 14.4,
                "second_peripheral_volume", 388.0);
    }

    @Override
    protected double massTolerance() {
        return 1e-12;
    }
}
