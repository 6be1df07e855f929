package org.oncotwin.treatment.chemotherapy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.solver.stiff.RosenbrockSolver;
import org.oncotwin.treatment.compartments.CompartmentModel;

/** Drugs of tests with the compartments of the patient whose covariates are the reference; clearance of all of them times a factor, as other covariates would have it. */
record TestDrugs(double clearanceFactor) implements Pharmacokinetics {

    static final TestDrugs TYPICAL = new TestDrugs(1);

    private static final CompartmentModel MODEL = new CompartmentModel();

    /** Cisplatin: Urien and Lokiec 2004. Carboplatin: Ekhart et al 2009. Paclitaxel: Crombag et al 2019. Temozolomide: Jen et al 2000 (clearance at 2 m2), Ostermann et al 2004. */
    private static final Map<String, Map<String, Double>> DRUGS = Map.of(
            "cisplatin",
                    Map.of(
                            "clearance", 35.5,
                            "central_volume", 23.4,
                            "intercompartmental_clearance", 8.64,
                            "peripheral_volume", 12.0),
            "carboplatin",
                    Map.of(
                            "clearance", 8.38,
                            "central_volume", 15.4,
                            "intercompartmental_clearance", 2.079,
                            "peripheral_volume", 9.669767),
            "paclitaxel",
                    Map.of(
                            "central_volume", 12.0,
                            "maximum_elimination_rate", 28.86182,
                            "elimination_half_saturation", 0.375716,
                            "maximum_distribution_rate", 151.1403,
                            "distribution_half_saturation", 1.374779,
                            "distribution_return_rate", 1.21,
                            "second_intercompartmental_clearance", 16.8,
                            "second_peripheral_volume", 268.0),
            "temozolomide",
                    Map.of(
                            "clearance", 11.2,
                            "central_volume", 30.3,
                            "absorption_rate", 5.8,
                            "tumour_plasma_ratio", 0.2));

    static Setting patient(double area, double weight, double filtration) {
        SortedMap<String, Double> covariates = new TreeMap<>(
                Map.of("body_surface_area", area, "weight", weight, "glomerular_filtration_rate", filtration));
        return new Setting(Optional.empty(), covariates, new TreeMap<>());
    }

    @Override
    public Drug drug(String id) {
        if (!DRUGS.containsKey(id)) {
            throw new InvalidInputException("drug", "'" + id + "' is not known; known are " + DRUGS.keySet());
        }
        SortedMap<String, DrugSection> sections =
                new TreeMap<>(Map.of("compartments", new DrugSection("test", new TreeMap<>(), List.of())));
        return new Drug(id, id, List.of(), sections, List.of());
    }

    @Override
    public Disposition disposition(String id, List<Administration> administrations) {
        Parameters numbers = Parameters.resolve(MODEL.description().drugParameters(), DRUGS.get(id));
        Parameters own = Parameters.resolve(
                MODEL.description().plugin().parameters(), Map.of("clearance_factor", clearanceFactor));
        return MODEL.disposition(
                Setting.empty(),
                new Dosing(drug(id), numbers, administrations),
                own,
                TestContext.of(
                        "course",
                        DirectSolvers.of(new RosenbrockSolver(), Execution.sequential()),
                        () -> false,
                        new Interval(SimulationTime.ZERO, SimulationTime.ofDays(365)),
                        OptionalDouble.empty()));
    }
}
