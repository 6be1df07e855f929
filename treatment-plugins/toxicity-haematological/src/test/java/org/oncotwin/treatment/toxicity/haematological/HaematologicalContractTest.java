package org.oncotwin.treatment.toxicity.haematological;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.ToxicityModelContractTest;
import org.oncotwin.solver.ode.DormandPrince853Solver;

/** A drug that hurts precursors of both kinds. */
class HaematologicalContractTest extends ToxicityModelContractTest {

    @Override
    protected ToxicityModel newModel() {
        return new HaematologicalModel();
    }

    @Override
    protected Map<String, Double> drugParameters() {
        return Map.of(
                "slope", 0.5,
                "mean_transit_time", 120.0,
                "feedback_exponent", 0.17,
                "circulating_baseline", 5.0,
                "platelet_slope", 0.3,
                "platelet_mean_transit_time", 140.0,
                "platelet_feedback_exponent", 0.2,
                "platelet_circulating_baseline", 250.0);
    }

    @Override
    protected Setting setting() {
        return new Setting(
                Optional.empty(), new TreeMap<>(Map.of("neutrophils", 4.0, "platelets", 220.0)), new TreeMap<>());
    }

    @Override
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.of(new DormandPrince853Solver(), execution);
    }
}
