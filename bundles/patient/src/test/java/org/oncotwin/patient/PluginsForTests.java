package org.oncotwin.patient;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Quantity;

/** A growth model in a combination, one in none, and a treatment. */
final class PluginsForTests implements PluginCatalogue {

    static final PluginIdentity MODEL = new PluginIdentity(PluginKind.GROWTH, "spreading", "1.0.0", "m", "01");
    static final PluginIdentity UNUSED = new PluginIdentity(PluginKind.GROWTH, "unused", "1.0.0", "u", "02");
    static final PluginIdentity TREATMENT = new PluginIdentity(PluginKind.TREATMENT, "beam", "1.0.0", "t", "03");
    private static final String SOURCE = "made up for the test";

    @Override
    public List<Entry<GrowthModelDescription>> growthModels() {
        return List.of(growth(MODEL), growth(UNUSED));
    }

    private static Entry<GrowthModelDescription> growth(PluginIdentity identity) {
        return new Entry<>(
                identity,
                new GrowthModelDescription(
                        new PluginDescription(
                                identity.id(),
                                identity.id(),
                                "tests",
                                List.of(),
                                List.of(
                                        ParameterDescription.required("proliferation", "/d", 0, 10, "Rate", SOURCE),
                                        ParameterDescription.optional("capacity", "1", 1, 0.1, 1, "Largest", SOURCE)),
                                List.of()),
                        List.of(Quantity.TUMOUR_CELLULARITY),
                        List.of(Quantity.TUMOUR_CELLULARITY),
                        Set.of(EffectPort.SURVIVING_FRACTION),
                        true,
                        1,
                        ""));
    }

    @Override
    public List<Entry<TreatmentModalityDescription>> treatmentModalities() {
        return List.of(new Entry<>(
                TREATMENT,
                new TreatmentModalityDescription(
                        new PluginDescription(
                                "beam",
                                "beam",
                                "tests",
                                List.of(),
                                List.of(ParameterDescription.required("alpha", "/Gy", 0, 10, "Alpha", SOURCE)),
                                List.of()),
                        List.of(InputDescription.quantity("dose", "Gy", 0, 100, "Dose")),
                        List.of(),
                        Set.of(EffectPort.SURVIVING_FRACTION),
                        1,
                        "")));
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
    public List<Entry<SolverDescription>> solvers() {
        return List.of();
    }

    @Override
    public Entry<GrowthModelDescription> growthModel(PluginChoice choice) {
        throw new UnsupportedOperationException("cases are read for the plugins of combinations");
    }

    @Override
    public Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice) {
        throw new UnsupportedOperationException("cases are read for the plugins of combinations");
    }
}
