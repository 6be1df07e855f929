package org.oncotwin.api.simulation;

import java.util.List;
import java.util.stream.Stream;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.osgi.annotation.versioning.ProviderType;

/** The plugins that are there now, each version an entry of its own; sorted by kind, id and version, highest version first. */
@ProviderType
public interface PluginCatalogue {

    /** A plugin and its description. */
    record Entry<D>(PluginIdentity identity, D description) {}

    /** Growth models. */
    List<Entry<GrowthModelDescription>> growthModels();

    /** Treatment modalities. */
    List<Entry<TreatmentModalityDescription>> treatmentModalities();

    /** Solvers. */
    List<Entry<SolverDescription>> solvers();

    /** Pharmacokinetic models. */
    List<Entry<PharmacokineticModelDescription>> pharmacokineticModels();

    /** Toxicity models. */
    List<Entry<ToxicityModelDescription>> toxicityModels();

    /** What all of them are. */
    default List<PluginIdentity> identities() {
        return Stream.of(growthModels(), treatmentModalities(), solvers(), pharmacokineticModels(), toxicityModels())
                .flatMap(List::stream)
                .map(Entry::identity)
                .toList();
    }

    /**
     * The growth model that a choice means.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException listing what there is
     */
    Entry<GrowthModelDescription> growthModel(PluginChoice choice);

    /**
     * The treatment modality that a choice means.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException listing what there is
     */
    Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice);
}
