package ${package};

import java.util.Map;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.sdk.conformance.ToxicityModelContractTest;

/** The laws that every toxicity model obeys, for a typical drug. */
class FiltrationContractTest extends ToxicityModelContractTest {

    @Override
    protected ToxicityModel newModel() {
        return new FiltrationModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of("loss_per_exposure", 0.3);
    }
}
