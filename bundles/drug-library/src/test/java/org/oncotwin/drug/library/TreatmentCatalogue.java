package org.oncotwin.drug.library;

import java.util.List;
import java.util.stream.Stream;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.model.logistic.LogisticModel;
import org.oncotwin.treatment.chemotherapy.ChemotherapyModality;
import org.oncotwin.treatment.immunotherapy.ImmunotherapyModality;
import org.oncotwin.treatment.radiation.lq.RadiationModality;
import org.oncotwin.treatment.targeted.TargetedModality;

/** The treatments that regimens are made of, with what they say of themselves. */
final class TreatmentCatalogue implements PluginCatalogue {

    @Override
    public List<Entry<GrowthModelDescription>> growthModels() {
        GrowthModelDescription description = new LogisticModel().description();
        return List.of(
                new Entry<>(identity(PluginKind.GROWTH, description.plugin().id()), description));
    }

    @Override
    public List<Entry<TreatmentModalityDescription>> treatmentModalities() {
        return Stream.of(
                        new ChemotherapyModality(),
                        new ImmunotherapyModality(),
                        new RadiationModality(),
                        new TargetedModality())
                .map(TreatmentModality::description)
                .map(d -> new Entry<>(identity(PluginKind.TREATMENT, d.plugin().id()), d))
                .toList();
    }

    private static PluginIdentity identity(PluginKind kind, String id) {
        return new PluginIdentity(kind, id, "1.0.0", "org.oncotwin." + id, "00");
    }

    @Override
    public List<Entry<SolverDescription>> solvers() {
        return List.of();
    }

    @Override
    public List<Entry<PharmacokineticModelDescription>> pharmacokineticModels() {
        return List.of();
    }

    @Override
    public List<Entry<ToxicityModelDescription>> toxicityModels() {
        return List.of();
    }

    @Override
    public Entry<GrowthModelDescription> growthModel(PluginChoice choice) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice) {
        throw new UnsupportedOperationException();
    }
}
