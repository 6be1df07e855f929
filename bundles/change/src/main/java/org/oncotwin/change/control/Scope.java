package org.oncotwin.change.control;

import java.util.List;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginCatalogue.Entry;
import org.oncotwin.change.plan.Descriptions;
import org.oncotwin.change.plan.Difference;
import org.oncotwin.change.plan.Plan;
import org.oncotwin.change.plan.Plan.Modification;
import org.oncotwin.change.plan.Plan.Range;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Whether a new version of a plugin lies within what a plan describes. */
final class Scope {

    private final Plan plan;
    private final PluginCatalogue catalogue;

    Scope(Plan plan, PluginCatalogue catalogue) {
        this.plan = plan;
        this.catalogue = catalogue;
    }

    /**
     * Refuses what lies outside.
     *
     * @throws ChangeRefusedException with the sentence of the plan that the change breaks
     */
    List<Difference> check(Modification modification, PluginIdentity from, PluginIdentity to) {
        Version version = Version.parseVersion(to.version());
        if (!new VersionRange(modification.versions()).includes(version)) {
            throw outside(
                    modification, "leads to versions in " + modification.versions(), "this is version " + version);
        }
        if (from.id().equals(to.id()) && version.compareTo(Version.parseVersion(from.version())) <= 0) {
            throw new ChangeRefusedException(
                    "version " + version + " is not higher than " + from.version() + ", which is in use");
        }
        List<Difference> differences = differences(from, to);
        for (Difference difference : differences) {
            if (!modification.differences().contains(difference.kind())) {
                throw outside(
                        modification,
                        "may differ in "
                                + modification.differences().stream()
                                        .map(Difference.Kind::word)
                                        .sorted()
                                        .toList() + " and in nothing else",
                        difference.words() + " (" + difference.kind().word() + ")");
            }
        }
        modification.parameterDefaults().forEach((name, range) -> checkDefault(modification, to, name, range));
        return differences;
    }

    private void checkDefault(Modification modification, PluginIdentity to, String name, Range range) {
        for (ParameterDescription parameter : parameters(to)) {
            if (parameter.name().equals(name) && parameter.defaultValue().isPresent()) {
                double value = parameter.defaultValue().getAsDouble();
                if (!(value >= range.minimum() && value <= range.maximum())) {
                    throw outside(
                            modification,
                            "keeps the default of " + name + " from " + range.minimum() + " to " + range.maximum(),
                            "it is " + value);
                }
            }
        }
    }

    private ChangeRefusedException outside(Modification modification, String sentence, String but) {
        return new ChangeRefusedException("outside the plan '" + plan.name() + "': its modification '"
                + modification.kind() + "' " + sentence + ", but " + but);
    }

    private List<Difference> differences(PluginIdentity from, PluginIdentity to) {
        return switch (to.kind()) {
            case GROWTH ->
                Descriptions.between(
                        description(catalogue.growthModels(), from), description(catalogue.growthModels(), to));
            case TREATMENT ->
                Descriptions.between(
                        description(catalogue.treatmentModalities(), from),
                        description(catalogue.treatmentModalities(), to));
            case SOLVER ->
                Descriptions.between(description(catalogue.solvers(), from), description(catalogue.solvers(), to));
            case PHARMACOKINETICS ->
                Descriptions.between(
                        description(catalogue.pharmacokineticModels(), from),
                        description(catalogue.pharmacokineticModels(), to));
            case TOXICITY ->
                Descriptions.between(
                        description(catalogue.toxicityModels(), from), description(catalogue.toxicityModels(), to));
            case EXPORT ->
                throw new ChangeRefusedException(
                        "exporters compute nothing and are not under change control; install a combination with the new one");
        };
    }

    private List<ParameterDescription> parameters(PluginIdentity plugin) {
        return switch (plugin.kind()) {
            case GROWTH ->
                description(catalogue.growthModels(), plugin).plugin().parameters();
            case TREATMENT ->
                description(catalogue.treatmentModalities(), plugin).plugin().parameters();
            case PHARMACOKINETICS ->
                description(catalogue.pharmacokineticModels(), plugin).plugin().parameters();
            case TOXICITY ->
                description(catalogue.toxicityModels(), plugin).plugin().parameters();
            case SOLVER, EXPORT -> List.of();
        };
    }

    private static <D> D description(List<Entry<D>> entries, PluginIdentity plugin) {
        return entries.stream()
                .filter(entry -> entry.identity().equals(plugin))
                .map(Entry::description)
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException(plugin + " is not there any more"));
    }
}
