package org.oncotwin.treatment.compartments;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.PharmacokineticModelContractTest;
import org.oncotwin.solver.stiff.RosenbrockSolver;

/** Clearance that falls over time: nivolumab (Bajaj 2017), but within days, so that it changes within the run. */
@Tag("SR-1604")
class ChangingClearanceContractTest extends PharmacokineticModelContractTest {

    @Override
    protected PharmacokineticModel newModel() {
        return new CompartmentModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of(
                "clearance", 0.0094,
                "clearance_change_maximum", -0.295,
                "clearance_change_half_time", 141.0,
                "clearance_change_hill", 3.15,
                "central_volume", 3.63,
                "intercompartmental_clearance", 0.0321,
                "peripheral_volume", 2.78);
    }

    @Override
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.of(new RosenbrockSolver(), execution);
    }
}
