package org.oncotwin.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.ModelChoice;
import org.oncotwin.api.simulation.Pharmacology;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.solver.SolverDescription;

/**
 * Asks for the plugin versions that a run used, so that a version that came later does not change its replay. A choice that means the recorded version anyway stays
 * as the case has it, and so does one whose recorded version is gone.
 */
final class RecordedVersions {
    private RecordedVersions() {}

    static SimulationRequest choose(SimulationRequest request, Provenance recorded, PluginCatalogue catalogue) {
        GrowthChoice growth = request.growth();
        PluginChoice model = choose(
                growth.model(),
                PluginKind.GROWTH,
                recorded,
                catalogue.growthModel(growth.model()).identity(),
                catalogue.growthModels().stream()
                        .map(PluginCatalogue.Entry::identity)
                        .toList());
        List<PluginIdentity> modalities = catalogue.treatmentModalities().stream()
                .map(PluginCatalogue.Entry::identity)
                .toList();
        List<CourseChoice> courses = request.courses().stream()
                .map(c -> new CourseChoice(
                        choose(
                                c.modality(),
                                PluginKind.TREATMENT,
                                recorded,
                                catalogue.treatmentModality(c.modality()).identity(),
                                modalities),
                        c.start(),
                        c.inputs(),
                        c.parameters()))
                .toList();
        return new SimulationRequest(
                request.name(),
                request.seed(),
                request.setting(),
                new GrowthChoice(
                        model,
                        growth.parameters(),
                        growth.initial(),
                        solver(growth, recorded, catalogue),
                        growth.largestStep()),
                courses,
                request.calendar(),
                request.start(),
                request.end(),
                request.outputs(),
                pharmacology(request.pharmacology(), recorded, catalogue),
                request.relativeTolerance(),
                request.inputHashes());
    }

    /** The run's own model of pharmacokinetics, which a case need not name, and its toxicity models. */
    private static Pharmacology pharmacology(Pharmacology wanted, Provenance recorded, PluginCatalogue catalogue) {
        Optional<PluginChoice> used = recorded.plugins().stream()
                .filter(p -> p.kind() == PluginKind.PHARMACOKINETICS)
                .findFirst()
                .flatMap(p -> catalogue.pharmacokineticModels().stream()
                        .map(PluginCatalogue.Entry::identity)
                        .filter(i -> i.id().equals(p.id()) && i.version().equals(p.version()))
                        .findFirst())
                .map(RecordedVersions::exactly);
        SortedMap<String, Double> given =
                wanted.pharmacokinetics().map(ModelChoice::parameters).orElseGet(TreeMap::new);
        List<ModelChoice> toxicities = wanted.toxicities().stream()
                .map(choice -> catalogue.toxicityModels().stream()
                        .map(PluginCatalogue.Entry::identity)
                        .filter(i -> i.id().equals(choice.model().id())
                                && recorded.plugins().stream()
                                        .anyMatch(p -> p.kind() == i.kind()
                                                && p.id().equals(i.id())
                                                && p.version().equals(i.version())))
                        .findFirst()
                        .map(i -> new ModelChoice(exactly(i), choice.parameters()))
                        .orElse(choice))
                .toList();
        return new Pharmacology(
                wanted.drugs(),
                used.map(choice -> new ModelChoice(choice, given)).or(wanted::pharmacokinetics),
                toxicities);
    }

    private static PluginChoice exactly(PluginIdentity plugin) {
        return new PluginChoice(plugin.id(), "[" + plugin.version() + "," + plugin.version() + "]");
    }

    /** The solver that the run used, if it used one and that is still there; of a run that used several, {@link #visible} leaves no others. */
    private static Optional<PluginChoice> solver(GrowthChoice growth, Provenance recorded, PluginCatalogue catalogue) {
        List<PluginIdentity> used = recorded.plugins().stream()
                .filter(p -> p.kind() == PluginKind.SOLVER)
                .toList();
        if (used.size() != 1) {
            return growth.solver();
        }
        PluginIdentity solver = used.get(0);
        return catalogue.solvers().stream()
                .map(PluginCatalogue.Entry::identity)
                .filter(i -> i.id().equals(solver.id()) && i.version().equals(solver.version()))
                .findFirst()
                .map(RecordedVersions::exactly)
                .or(growth::solver);
    }

    /**
     * Which plugins a replay may use: of a solver that the run used, the versions that it used, as far as they are still there; of the other solvers none that could take the place of one that the run used and that is still there, by a higher
     * ranking. Solvers that the run leased and never called stay, and so do all other plugins, which the request names by version.
     */
    static Predicate<PluginIdentity> visible(Provenance recorded, PluginCatalogue catalogue) {
        List<PluginCatalogue.Entry<SolverDescription>> used = catalogue.solvers().stream()
                .filter(solver -> isRecorded(solver.identity(), recorded))
                .toList();
        Set<PluginIdentity> hidden = catalogue.solvers().stream()
                .filter(solver -> !isRecorded(solver.identity(), recorded))
                .filter(solver -> used.stream()
                        .anyMatch(instead ->
                                instead.identity().id().equals(solver.identity().id())
                                        || canDoAll(instead.description(), solver.description())))
                .map(PluginCatalogue.Entry::identity)
                .collect(Collectors.toUnmodifiableSet());
        return plugin -> !hidden.contains(plugin);
    }

    private static boolean isRecorded(PluginIdentity plugin, Provenance recorded) {
        return recorded.plugins().stream()
                .anyMatch(used -> used.kind() == plugin.kind()
                        && used.id().equals(plugin.id())
                        && used.version().equals(plugin.version()));
    }

    private static boolean canDoAll(SolverDescription one, SolverDescription other) {
        return one.kinds().containsAll(other.kinds()) && one.features().containsAll(other.features());
    }

    private static PluginChoice choose(
            PluginChoice choice,
            PluginKind kind,
            Provenance recorded,
            PluginIdentity meant,
            List<PluginIdentity> installed) {
        Optional<PluginIdentity> used = recorded.plugins().stream()
                .filter(p -> p.kind() == kind && p.id().equals(choice.id()))
                .findFirst();
        return used.filter(p -> !p.version().equals(meant.version()))
                .filter(p -> installed.stream()
                        .anyMatch(i -> i.id().equals(p.id()) && i.version().equals(p.version())))
                .map(RecordedVersions::exactly)
                .orElse(choice);
    }
}
