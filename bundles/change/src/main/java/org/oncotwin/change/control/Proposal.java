package org.oncotwin.change.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.change.combination.BundleJar;
import org.oncotwin.change.plan.Difference;
import org.oncotwin.change.plan.Plan;
import org.oncotwin.change.plan.Plan.Modification;
import org.oncotwin.change.plan.PlanFile;
import org.osgi.framework.VersionRange;

/** Whether a bundle may be proposed: who signed it, and whether what it changes lies within the plan. */
final class Proposal {

    private final Database database;
    private final ContentStore contents;
    private final Combinations combinations;
    private final PluginCatalogue catalogue;
    private final ChangeRecords records;
    private final Clock clock;

    Proposal(
            Database database,
            ContentStore contents,
            Combinations combinations,
            PluginCatalogue catalogue,
            ChangeRecords records,
            Clock clock) {
        this.database = database;
        this.contents = contents;
        this.combinations = combinations;
        this.catalogue = catalogue;
        this.records = records;
        this.clock = clock;
    }

    /** Looks at a bundle and keeps the change that it would make. */
    ChangeRow propose(
            String actor, Combination combination, Path bundle, String kind, String description, String reason)
            throws IOException {
        String planHash = combination
                .plan()
                .orElseThrow(
                        () -> new ChangeRefusedException(
                                "combination " + combination.name()
                                        + " has no change control plan, so nothing in it can be changed; install a combination with one"));
        Plan plan = PlanFile.read(contents, planHash);
        if (!plan.combination().equals(combination.name())) {
            throw new ChangeRefusedException("the plan '" + plan.name() + "' is for combination " + plan.combination()
                    + ", not for " + combination.name());
        }
        records.requireLeft(plan, planHash);
        // From here on the copy in the store is what is looked at: the file may be changed by anybody at any time.
        String jar;
        try (InputStream in = Files.newInputStream(bundle)) {
            jar = contents.put(in);
        }
        BundleJar declared =
                BundleJar.read(contents.file(jar), bundle.getFileName().toString());
        SignedBundle signed = SignedBundle.check(
                contents.file(jar), bundle.getFileName().toString(), plan.suppliers(), clock.instant());
        Modification modification = plan.modifications().stream()
                .filter(m -> m.kind().equals(kind)
                        && declared.offers(m.target().kind(), m.target().id()))
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException("outside the plan '" + plan.name()
                        + "': it describes no modification '" + kind + "' of a plugin of " + declared.words()
                        + "; it describes "
                        + plan.modifications().stream()
                                .map(m -> m.kind() + " of " + m.plugin().id()
                                        + (m.replacedBy().equals(m.plugin().id()) ? "" : " by " + m.replacedBy()))
                                .toList()));
        Optional<Conformance> conformance = Optional.empty();
        if (plan.protocol(modification).conformanceReport()) {
            Conformance kept = Conformance.keep(bundle, contents);
            signed.requireConformance(kept, contents, bundle.getFileName().toString(), jar);
            conformance = Optional.of(kept);
        }
        PinnedPlugin pinned = combination.plugins().stream()
                .filter(p -> modification.plugin().names(p.plugin()))
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException("combination " + combination.name() + " does not use "
                        + modification.plugin().id()));
        PluginIdentity from = pinned.plugin();
        boolean replaced = !modification.target().equals(modification.plugin());
        if (replaced
                && combination.plugins().stream()
                        .anyMatch(p -> modification.target().names(p.plugin()))) {
            throw new ChangeRefusedException("combination " + combination.name() + " uses " + modification.replacedBy()
                    + " already, beside " + from.id() + "; allowed is a plugin that it does not use");
        }
        if (!replaced && !new VersionRange(pinned.versions()).includes(declared.version())) {
            throw new ChangeRefusedException("combination " + combination.name() + " takes " + from.id()
                    + " in versions " + pinned.versions() + ", and this is version " + declared.version());
        }
        PluginIdentity to = combinations.installBeside(jar).stream()
                .filter(modification.target()::names)
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException(declared.words() + " declares the plugin "
                        + modification.replacedBy() + ", but it does not come up"));
        List<Difference> differences = new Scope(plan, catalogue).check(modification, from, to);
        Optional<Conformance> report = conformance;
        return database.transact(connection -> {
            if (!combinations.get(combination.name()).equals(combination)) {
                throw new ChangeRefusedException("combination " + combination.name()
                        + " was changed while the bundle was looked at; propose the change again");
            }
            return records.add(
                    actor,
                    number -> new ChangeRow(
                            number,
                            combination.name(),
                            from,
                            to,
                            kind,
                            description,
                            planHash,
                            jar,
                            signed.supplier(),
                            actor,
                            ChangeState.PROPOSED,
                            words(from, to, differences),
                            Optional.empty(),
                            report),
                    reason);
        });
    }

    /** What differs; of another plugin the kinds first, for the words of all may be longer than is kept here. The evidence has them whole. */
    private static String words(PluginIdentity from, PluginIdentity to, List<Difference> differences) {
        String words =
                String.join("; ", differences.stream().map(Difference::words).toList());
        if (!from.id().equals(to.id())) {
            return to.id() + " takes the place of " + from.id() + " and differs in "
                    + differences.stream()
                            .map(difference -> difference.kind().word())
                            .distinct()
                            .toList()
                    + ": " + words;
        }
        return words.isEmpty() ? "says nothing otherwise of itself" : words;
    }
}
