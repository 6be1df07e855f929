package org.oncotwin.change.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.change.control.Evidence.Finding;
import org.oncotwin.change.plan.Difference;
import org.oncotwin.change.plan.Plan;
import org.oncotwin.change.plan.Plan.Modification;
import org.oncotwin.change.plan.Plan.Protocol;
import org.oncotwin.change.plan.PlanFile;

/** The modification protocol of a plan: the reference cohort on both versions, seen by no study, and the evidence of it. */
final class Verification {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Database database;
    private final ContentStore contents;
    private final Combinations combinations;
    private final SimulationEngine engine;
    private final CaseReader cases;
    private final PluginCatalogue catalogue;
    private final ChangeRecords records;
    private final Clock clock;

    Verification(
            Database database,
            ContentStore contents,
            Combinations combinations,
            SimulationEngine engine,
            CaseReader cases,
            PluginCatalogue catalogue,
            ChangeRecords records,
            Clock clock) {
        this.database = database;
        this.contents = contents;
        this.combinations = combinations;
        this.engine = engine;
        this.cases = cases;
        this.catalogue = catalogue;
        this.records = records;
        this.clock = clock;
    }

    /** Carries out the protocol and keeps what was found. */
    ChangeRow verify(String actor, ChangeRow row, Path folder, Consumer<String> progress, Cancellation cancellation)
            throws IOException {
        Plan plan = PlanFile.read(contents, row.plan());
        Modification modification = row.modification(plan);
        Protocol protocol = plan.protocol(modification);
        Combination combination = combinations.get(row.combination());
        if (!combination.sees(row.from())) {
            throw new ChangeRefusedException("combination " + row.combination() + " does not use " + row.from()
                    + " any more; propose the change again");
        }
        combinations.makeAvailable(row.to());
        List<Difference> differences = new Scope(plan, catalogue).check(modification, row.from(), row.to());
        Cohort.Kept cohort = Cohort.keep(folder, protocol.cohort(), contents);
        List<CohortRuns.Pair> pairs = new CohortRuns(engine, cases, cancellation)
                .run(cohort, contents, combination::sees, proposed(combination, row), progress);
        List<Finding> findings = CohortRuns.judge(protocol.criteria(), pairs);
        boolean passed = findings.stream().allMatch(Finding::met);
        Evidence evidence = new Evidence(
                row.number(),
                row.kind(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                row.plan(),
                protocol.cohort().sha256(),
                row.jar(),
                row.supplier(),
                row.from(),
                row.to(),
                Evidence.plugins(combination),
                differences.stream().map(Difference::words).toList(),
                cohort.files(),
                pairs.stream()
                        .map(pair -> new Evidence.Run(
                                pair.member().file(),
                                pair.current().provenance().stateHash(),
                                pair.proposed().provenance().stateHash()))
                        .toList(),
                findings,
                passed);
        String kept = contents.put(new ByteArrayInputStream(JSON.writeValueAsBytes(evidence)));
        String message = String.join(
                "; ",
                findings.stream()
                        .filter(finding -> passed || !finding.met())
                        .map(Finding::sentence)
                        .toList());
        return database.transact(connection -> {
            if (!records.get(row.number()).equals(row)) {
                throw new ChangeRefusedException(
                        "change " + row.number() + " went on while it was verified; it is left as it is");
            }
            if (!Evidence.plugins(combinations.get(row.combination())).equals(Evidence.plugins(combination))) {
                throw new ChangeRefusedException("combination " + row.combination()
                        + " was changed while the change was verified; verify it again");
            }
            return records.step(
                    actor,
                    "change.verify",
                    row,
                    row.verified(passed ? ChangeState.VERIFIED : ChangeState.FAILED, message, kept),
                    ChangeRow.keepable(message));
        });
    }

    /** What studies of the combination would see. */
    private static Predicate<PluginIdentity> proposed(Combination combination, ChangeRow row) {
        return plugin -> plugin.equals(row.to()) || combination.sees(plugin) && !plugin.equals(row.from());
    }
}
