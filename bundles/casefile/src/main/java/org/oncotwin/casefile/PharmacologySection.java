package org.oncotwin.casefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.simulation.ModelChoice;
import org.oncotwin.api.simulation.Pharmacology;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginCatalogue.Entry;
import org.oncotwin.api.toxicity.ToxicityModelDescription;

/** Reads {@code pharmacokinetics} and {@code toxicities}. */
final class PharmacologySection {

    private static final int MOST_TOXICITIES = 100;

    private final PluginCatalogue catalogue;
    private final AnatomySection anatomy;
    private final Measures measures;

    PharmacologySection(PluginCatalogue catalogue, AnatomySection anatomy, Measures measures) {
        this.catalogue = catalogue;
        this.anatomy = anatomy;
        this.measures = measures;
    }

    Pharmacology read(CaseObject root, CaseDrugs drugs) {
        Optional<ModelChoice> pharmacokinetics = root.object(
                        "pharmacokinetics", "an object with a model and its parameters")
                .flatMap(object -> model(
                        object,
                        "pharmacokinetic model",
                        catalogue.pharmacokineticModels(),
                        PharmacokineticModelDescription::plugin));
        List<ModelChoice> toxicities = new ArrayList<>();
        root.objects("toxicities", MOST_TOXICITIES, "a list of toxicity models, each an object with a model")
                .forEach(object -> model(
                                object, "toxicity model", catalogue.toxicityModels(), ToxicityModelDescription::plugin)
                        .ifPresent(toxicities::add));
        return new Pharmacology(drugs.used(), pharmacokinetics, toxicities);
    }

    private <D> Optional<ModelChoice> model(
            CaseObject object, String kind, List<Entry<D>> entries, Function<D, PluginDescription> description) {
        Optional<PluginSection<D>> chosen = PluginSection.read(object, "model", kind, entries, description);
        if (chosen.isEmpty()) {
            // What else may be there depends on the model.
            return Optional.empty();
        }
        PluginDescription plugin = description.apply(chosen.get().entry().description());
        ModelChoice choice = new ModelChoice(
                chosen.get().choice(), new ParameterSection(plugin.parameters(), anatomy, measures).read(object));
        object.refuseOthers();
        return Optional.of(choice);
    }
}
