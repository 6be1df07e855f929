package org.oncotwin.treatment.pbpk;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.sdk.conformance.PharmacokineticModelContractTest;

/** A base of which tissue takes much and that liver and kidneys clear. */
@Tag("SR-1604")
class PbpkContractTest extends PharmacokineticModelContractTest {

    @Override
    protected PharmacokineticModel newModel() {
        return new PbpkModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of(
                "log_p", 2.5,
                "unbound_fraction", 0.2,
                "blood_plasma_ratio", 0.8,
                "base_pka_1", 8.0,
                "hepatic_intrinsic_clearance", 20.0,
                "absorption_rate", 1.0);
    }

    @Override
    protected Setting setting() {
        return Patients.of(Map.of("weight", 70.0));
    }
}
