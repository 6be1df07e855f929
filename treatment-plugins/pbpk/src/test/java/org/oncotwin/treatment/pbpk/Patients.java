package org.oncotwin.treatment.pbpk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;

/** Patients and doses for tests. */
final class Patients {

    static final Interval YEAR = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(365));

    private Patients() {}

    static Setting of(Map<String, Double> covariates) {
        return new Setting(Optional.empty(), new TreeMap<>(covariates), new TreeMap<>());
    }

    static Drug drug(String id) {
        return new Drug(
                id,
                id,
                List.of(),
                new TreeMap<>(Map.of("pbpk", new DrugSection("test", new TreeMap<>(), List.of()))),
                List.of());
    }

    static Administration dose(double day, double hours, double milligrams, Route route) {
        return new Administration(SimulationTime.ofDays(day), hours / 24, milligrams, route);
    }

    static Disposition disposition(
            Setting patient, Parameters drug, Map<String, Double> model, List<Administration> doses) {
        return new PbpkModel()
                .disposition(
                        patient,
                        new Dosing(drug("example"), drug, doses),
                        new Parameters(new TreeMap<>(model)),
                        TestContext.of(
                                "patient", DirectSolvers.none(), Cancellation.NEVER, YEAR, OptionalDouble.empty()));
    }
}
