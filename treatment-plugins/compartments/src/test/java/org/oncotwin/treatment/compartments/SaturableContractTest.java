package org.oncotwin.treatment.compartments;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.PharmacokineticModelContractTest;
import org.oncotwin.solver.stiff.RosenbrockSolver;

/** Saturable elimination and distribution: paclitaxel (Crombag 2019), with umol as 0.8539 mg. */
@Tag("SR-1604")
class SaturableContractTest extends PharmacokineticModelContractTest {

    @Override
    protected PharmacokineticModel newModel() {
        return new CompartmentModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of(
                "central_volume",
                12.0,
                "maximum_elimination_rate",
                33.8 * 0.8539,
                "elimination_half_saturation",
                0.44 * 0.8539,
                "maximum_distribution_rate",
                177 * 0.8539,
                "distribution_half_saturation",
                1.61 * 0.8539,
                "distribution_return_rate",
                1.21,
                "second_intercompartmental_clearance",
                16.8,
                "second_peripheral_volume",
                268.0);
    }

    @Override
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.of(new RosenbrockSolver(), execution);
    }
}
