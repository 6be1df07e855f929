package org.oncotwin.casefile;

import java.util.List;
import java.util.Optional;
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
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Quantity;

/** A catalogue with descriptions like those of the real plugins, in two versions of one model. */
final class PluginsForTests implements PluginCatalogue {
    private static final String SOURCE = "made up for the test";

    @Override
    public List<Entry<GrowthModelDescription>> growthModels() {
        return List.of(
                growth("gompertz", "1.0.0", Quantity.TUMOUR_VOLUME, false, volumeParameters()),
                growth("logistic", "1.0.0", Quantity.TUMOUR_VOLUME, false, volumeParameters()),
                growth("reaction-diffusion", "2.1.0", Quantity.TUMOUR_CELLULARITY, true, fieldParameters()),
                growth("reaction-diffusion", "1.0.0", Quantity.TUMOUR_CELLULARITY, true, fieldParameters()));
    }

    private static List<ParameterDescription> volumeParameters() {
        return List.of(
                ParameterDescription.required("proliferation", "/d", 0, 10, "Rate", SOURCE),
                ParameterDescription.required("carrying_capacity", "cm3", Double.MIN_VALUE, 1e6, "Capacity", SOURCE));
    }

    private static List<ParameterDescription> fieldParameters() {
        return List.of(
                ParameterDescription.required("proliferation", "/d", 0, 10, "Rate", SOURCE)
                        .byTissue(),
                ParameterDescription.required("diffusion", "mm2/d", 0, 100, "Diffusion", SOURCE)
                        .byTissue(),
                ParameterDescription.optional(
                        "carrying_capacity", "1", 1, Double.MIN_VALUE, 1, "Largest cellularity", SOURCE));
    }

    private static Entry<GrowthModelDescription> growth(
            String id, String version, Quantity initial, boolean spatial, List<ParameterDescription> parameters) {
        return new Entry<>(
                new PluginIdentity(PluginKind.GROWTH, id, version, "test." + id, "00"),
                new GrowthModelDescription(
                        new PluginDescription(id, id, "tests", List.of(), parameters, List.of()),
                        List.of(initial),
                        List.of(initial),
                        Set.of(EffectPort.SURVIVING_FRACTION),
                        spatial,
                        1,
                        ""));
    }

    @Override
    public List<Entry<TreatmentModalityDescription>> treatmentModalities() {
        return List.of(radiation(), chemotherapy());
    }

    private static Entry<TreatmentModalityDescription> chemotherapy() {
        return new Entry<>(
                new PluginIdentity(PluginKind.TREATMENT, "chemotherapy", "1.0.0", "test.chemotherapy", "00"),
                new TreatmentModalityDescription(
                        new PluginDescription("chemotherapy", "Chemotherapy", "tests", List.of(), List.of(), List.of()),
                        List.of(
                                InputDescription.drug("drug", "Which drug"),
                                InputDescription.word("phase", "none", "Part of the treatment")),
                        List.of(),
                        Set.of(EffectPort.KILL_RATE),
                        1,
                        ""));
    }

    private static Entry<TreatmentModalityDescription> radiation() {
        return new Entry<>(
                new PluginIdentity(PluginKind.TREATMENT, "radiation-lq", "1.0.0", "test.radiation", "00"),
                new TreatmentModalityDescription(
                        new PluginDescription(
                                "radiation-lq",
                                "Radiation",
                                "tests",
                                List.of(),
                                List.of(
                                        ParameterDescription.required("alpha", "/Gy", 0, 10, "Alpha", SOURCE),
                                        ParameterDescription.optional(
                                                "alpha_beta", "Gy", 10, Double.MIN_VALUE, 100, "Ratio", SOURCE)),
                                List.of()),
                        List.of(
                                InputDescription.count("fractions", 1, 200, "Number of fractions"),
                                InputDescription.quantity("dose_per_fraction", "Gy", 0, 100, "Dose"),
                                InputDescription.choice("days", List.of("weekdays", "daily"), "Days"),
                                InputDescription.number("scale", 0, 2, "Factor").withDefault("1.5"),
                                InputDescription.image("dose_map", "1", 0, 2, "Relative dose")),
                        List.of(),
                        Set.of(EffectPort.SURVIVING_FRACTION),
                        1,
                        ""));
    }

    @Override
    public List<Entry<PharmacokineticModelDescription>> pharmacokineticModels() {
        return List.of(new Entry<>(
                new PluginIdentity(PluginKind.PHARMACOKINETICS, "compartments", "1.0.0", "test.pk", "00"),
                new PharmacokineticModelDescription(
                        new PluginDescription(
                                "compartments",
                                "Compartments",
                                "tests",
                                List.of(),
                                List.of(ParameterDescription.optional(
                                        "clearance_factor", "1", 1, 0.1, 10, "Factor", SOURCE)),
                                List.of()),
                        "compartments",
                        List.of(),
                        "",
                        Set.of())));
    }

    @Override
    public List<Entry<ToxicityModelDescription>> toxicityModels() {
        return List.of(new Entry<>(
                new PluginIdentity(PluginKind.TOXICITY, "blood", "1.0.0", "test.blood", "00"),
                new ToxicityModelDescription(
                        new PluginDescription("blood", "Blood", "tests", List.of(), List.of(), List.of()),
                        "myelosuppression",
                        List.of(),
                        List.of("Anemia"),
                        "",
                        Set.of())));
    }

    @Override
    public List<Entry<SolverDescription>> solvers() {
        return List.of(new Entry<>(
                new PluginIdentity(PluginKind.SOLVER, "grid", "1.0.0", "test.solver", "00"),
                new SolverDescription(
                        "grid",
                        "Adaptive",
                        4,
                        true,
                        Set.of(SolverKind.REACTION_DIFFUSION),
                        Set.of(),
                        List.of(),
                        List.of())));
    }

    @Override
    public Entry<GrowthModelDescription> growthModel(PluginChoice choice) {
        return only(growthModels().stream()
                .filter(e -> e.description().plugin().id().equals(choice.id()))
                .findFirst());
    }

    @Override
    public Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice) {
        return only(treatmentModalities().stream()
                .filter(e -> e.description().plugin().id().equals(choice.id()))
                .findFirst());
    }

    private static <D> Entry<D> only(Optional<Entry<D>> found) {
        return found.orElseThrow();
    }
}
