package org.oncotwin.treatment.compartments;

import java.util.List;
import java.util.Map;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.PharmacokineticModelContractTest;

/** By mouth with a lag and a part that is never absorbed, in two compartments, with a tumour; one dose overlaps an infusion. */
class OralContractTest extends PharmacokineticModelContractTest {

    @Override
    protected PharmacokineticModel newModel() {
        return new CompartmentModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of(
                "clearance", 10.0,
                "central_volume", 30.3,
                "intercompartmental_clearance", 4.0,
                "peripheral_volume", 60.0,
                "absorption_rate", 5.8,
                "bioavailability", 0.8,
                "absorption_lag", 0.5,
                "tumour_plasma_ratio", 0.2);
    }

    @Override
    protected List<Administration> administrations() {
        return List.of(
                new Administration(SimulationTime.ofDays(1.25), 0, 200, Route.ORAL),
                new Administration(SimulationTime.ofDays(2.25), 0, 200, Route.ORAL),
                new Administration(SimulationTime.ofDays(3), 0.5, 50, Route.INTRAVENOUS),
                new Administration(SimulationTime.ofDays(3.25), 0, 300, Route.ORAL));
    }

    @Override
    protected double lag() {
        return 0.5 / 24;
    }

    @Override
    protected double massTolerance() {
        return 1e-12;
    }
}
