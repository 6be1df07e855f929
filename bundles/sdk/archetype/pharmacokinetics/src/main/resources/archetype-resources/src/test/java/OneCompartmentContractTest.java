package ${package};

import java.util.Map;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.sdk.conformance.PharmacokineticModelContractTest;

/** The laws that every pharmacokinetic model obeys, for a typical drug. */
class OneCompartmentContractTest extends PharmacokineticModelContractTest {

    @Override
    protected PharmacokineticModel newModel() {
        return new OneCompartmentModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of("volume", 20.0, "half_life", 6.0);
    }
}
