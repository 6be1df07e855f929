package org.oncotwin.casefile;

import java.util.List;
import java.util.function.Predicate;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** The part of the plugins that a case may name. */
record VisiblePlugins(PluginCatalogue all, Predicate<PluginIdentity> visible) implements PluginCatalogue {

    @Override
    public List<Entry<GrowthModelDescription>> growthModels() {
        return seen(all.growthModels());
    }

    @Override
    public List<Entry<TreatmentModalityDescription>> treatmentModalities() {
        return seen(all.treatmentModalities());
    }

    @Override
    public List<Entry<SolverDescription>> solvers() {
        return seen(all.solvers());
    }

    @Override
    public List<Entry<PharmacokineticModelDescription>> pharmacokineticModels() {
        return seen(all.pharmacokineticModels());
    }

    @Override
    public List<Entry<ToxicityModelDescription>> toxicityModels() {
        return seen(all.toxicityModels());
    }

    private <D> List<Entry<D>> seen(List<Entry<D>> entries) {
        return entries.stream().filter(entry -> visible.test(entry.identity())).toList();
    }

    @Override
    public Entry<GrowthModelDescription> growthModel(PluginChoice choice) {
        return first(growthModels(), choice, "model");
    }

    @Override
    public Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice) {
        return first(treatmentModalities(), choice, "modality");
    }

    /** They are sorted, the highest version of an id first. */
    private static <D> Entry<D> first(List<Entry<D>> entries, PluginChoice choice, String field) {
        VersionRange versions = versions(choice);
        return entries.stream()
                .filter(entry -> entry.identity().id().equals(choice.id())
                        && versions.includes(
                                Version.parseVersion(entry.identity().version())))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        field,
                        "no '" + choice.id() + "' in the versions " + choice.versions() + "; there is "
                                + entries.stream()
                                        .map(entry -> entry.identity().toString())
                                        .toList()));
    }

    private static VersionRange versions(PluginChoice choice) {
        try {
            return new VersionRange(choice.versions());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "version",
                    "'" + choice.versions()
                            + "' is not a version range; write for example [1,2) for 1 up to but not 2");
        }
    }
}
