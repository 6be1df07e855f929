package org.oncotwin.change.control;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Signatures;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.change.plan.Plan;
import org.oncotwin.change.plan.Plan.Criterion;
import org.oncotwin.change.plan.Plan.RequiredSignature;
import org.oncotwin.change.plan.PlanFile;

/** How a change that was agreed to comes into use, is watched, and is taken back; each state can be carried on after a crash. */
final class Promotion {

    /** Changes that may still come into use or are being taken back. */
    private static final Set<ChangeState> OPEN = EnumSet.of(
            ChangeState.PROPOSED,
            ChangeState.VERIFIED,
            ChangeState.PROMOTING,
            ChangeState.WATCHING,
            ChangeState.ROLLING_BACK);

    private final Database database;
    private final ContentStore contents;
    private final AuditTrail audit;
    private final Accounts accounts;
    private final Signatures signatures;
    private final Combinations combinations;
    private final Studies studies;
    private final SimulationEngine engine;
    private final CaseReader cases;
    private final PluginCatalogue catalogue;
    private final ChangeRecords records;
    private final Clock clock;

    /** Numbers of changes that are being verified, each as often as it is: they count as open, also those that failed before. */
    private final List<Long> verifying = new CopyOnWriteArrayList<>();

    Promotion(
            Database database,
            ContentStore contents,
            AuditTrail audit,
            Accounts accounts,
            Signatures signatures,
            Combinations combinations,
            Studies studies,
            SimulationEngine engine,
            CaseReader cases,
            PluginCatalogue catalogue,
            ChangeRecords records,
            Clock clock) {
        this.database = database;
        this.contents = contents;
        this.audit = audit;
        this.accounts = accounts;
        this.signatures = signatures;
        this.combinations = combinations;
        this.studies = studies;
        this.engine = engine;
        this.cases = cases;
        this.catalogue = catalogue;
        this.records = records;
        this.clock = clock;
    }

    /** Everything that was signed is as it was, and all signatures are there. */
    void requireUnaltered(ChangeRow row) {
        List<String> faults = audit.verify().faults();
        if (!faults.isEmpty()) {
            throw new ChangeRefusedException("the audit trail is not intact: " + faults.get(0));
        }
        Combination combination = combinations.get(row.combination());
        if (!combination.plan().equals(Optional.of(row.plan()))) {
            throw new ChangeRefusedException(
                    "the plan of combination " + row.combination() + " is not the one that the change was verified by");
        }
        if (!combination.sees(row.from())) {
            throw new ChangeRefusedException("combination " + row.combination() + " does not use " + row.from()
                    + " any more; propose the change again");
        }
        Plan plan;
        try {
            plan = PlanFile.read(contents, row.plan());
            Evidence evidence = evidence(row);
            if (!evidence.passed()
                    || evidence.change() != row.number()
                    || !evidence.kind().equals(row.kind())
                    || !evidence.bundle().equals(row.jar())
                    || !evidence.plan().equals(row.plan())
                    || !evidence.to().equals(row.to())
                    || !evidence.from().equals(row.from())) {
                throw new ChangeRefusedException("the evidence is not that of this change, or does not pass");
            }
            requireSamePlugins(row, evidence);
            // Again, because a certificate may have run out, and a hash in a table is not a bundle.
            String label = "the bundle of change " + row.number();
            SignedBundle signed =
                    SignedBundle.check(contents.file(row.jar()), label, plan.suppliers(), clock.instant());
            if (plan.protocol(row.modification(plan)).conformanceReport()) {
                signed.requireConformance(row.conformance().orElseThrow(), contents, label, row.jar());
            }
        } catch (IOException | RuntimeException missing) {
            if (missing instanceof ChangeRefusedException refused) {
                throw refused;
            }
            throw new ChangeRefusedException(
                    "plan, evidence or bundle cannot be read as they were: " + missing.getMessage());
        }
        records.requireLeft(plan, row.plan());
        List<String> missing = missing(row, plan);
        if (!missing.isEmpty()) {
            throw new ChangeRefusedException("signatures are missing: " + String.join("; ", missing)
                    + (plan.protocol(row.modification(plan)).distinctPersons()
                            ? "; no two by one person, and none by who proposed the change"
                            : ""));
        }
    }

    /** Other changes may have come into use since: what was found then says nothing of how this one works with those. */
    private void requireSamePlugins(ChangeRow row, Evidence evidence) {
        List<PluginIdentity> now = Evidence.plugins(combinations.get(row.combination()));
        if (!now.equals(evidence.plugins())) {
            throw new ChangeRefusedException("combination " + row.combination() + " uses " + now
                    + " now, and the change was verified with " + evidence.plugins() + "; verify and sign it again");
        }
    }

    private Evidence evidence(ChangeRow row) throws IOException {
        try (InputStream in = contents.open(row.evidence().orElseThrow())) {
            return PlanFile.read(in.readAllBytes(), Evidence.class);
        }
    }

    /** Roles of which the plan wants signatures. */
    Role[] signers(ChangeRow row) {
        try {
            Plan plan = PlanFile.read(contents, row.plan());
            return plan.protocol(row.modification(plan)).signatures().stream()
                    .map(RequiredSignature::role)
                    .distinct()
                    .toArray(Role[]::new);
        } catch (IOException unreadable) {
            throw new ChangeRefusedException("the plan cannot be read as it was: " + unreadable.getMessage());
        }
    }

    /** Signatures that the plan still wants, in words. */
    List<String> missing(ChangeRow row, Plan plan) {
        return new RequiredSignatures(plan.protocol(row.modification(plan)), accounts.all(), row.proposer())
                .missing(signatures.of(row.signedRecord()));
    }

    /** Does what a change is in the middle of, also after a crash. */
    void carryOn(ChangeRow row) {
        switch (row.state()) {
            case PROMOTING -> putInPlace(row);
            case WATCHING -> watch(row);
            case ROLLING_BACK -> takeBack(row);
            default -> {
                // Nothing was being done.
            }
        }
    }

    private void putInPlace(ChangeRow row) {
        ChangeRow watched;
        try {
            requireSamePlugins(row, evidence(row));
            combinations.makeAvailable(row.to());
            watched = database.transact(connection -> {
                combinations.replace(row.combination(), row.from(), row.to());
                return records.step("system", "change.promote", row, row.in(ChangeState.WATCHING, row.message()), "");
            });
        } catch (IOException | RuntimeException | LinkageError | AssertionError | VirtualMachineError broken) {
            goBack(row, "the new version cannot be put in place: " + words(broken));
            return;
        }
        watch(watched);
    }

    private void watch(ChangeRow row) {
        Optional<String> fault;
        try {
            studies.move(row.combination());
            fault = postConditions(row);
        } catch (IOException | RuntimeException | LinkageError | AssertionError | VirtualMachineError broken) {
            fault = Optional.of("a post-condition cannot be checked: " + words(broken));
        }
        if (fault.isPresent()) {
            goBack(row, fault.get());
            return;
        }
        String stayed = stayed(row);
        records.step(
                "system",
                "change.accept",
                row,
                row.in(ChangeState.ACCEPTED, "in use" + stayed),
                ChangeRow.keepable("all post-conditions are met" + stayed));
        sweep();
    }

    /** What of the plan's post-conditions does not hold: judged by the studies that moved and the health of the new version. */
    private Optional<String> postConditions(ChangeRow row) throws IOException {
        Combination combination = combinations.get(row.combination());
        if (!combination.sees(row.to())
                || catalogue.identities().stream().noneMatch(plugin -> plugin.equals(row.to()))) {
            return Optional.of("the new version is not there");
        }
        Optional<Study> failed = studies.all().stream()
                .filter(study -> study.combination().equals(row.combination())
                        && study.state() == StudyState.FAILED
                        && study.plugins().contains(row.to()))
                .findFirst();
        if (failed.isPresent()) {
            return Optional.of("study " + failed.get().number() + " failed on the new version: "
                    + failed.get().message());
        }
        Plan plan = PlanFile.read(contents, row.plan());
        List<Criterion> criteria = plan.protocol(row.modification(plan)).postConditions();
        if (criteria.isEmpty()) {
            return Optional.empty();
        }
        combinations.makeAvailable(row.from());
        Predicate<PluginIdentity> before =
                plugin -> plugin.equals(row.from()) || combination.sees(plugin) && !plugin.equals(row.to());
        List<CohortRuns.Pair> pairs = new CohortRuns(engine, cases, Cancellation.NEVER)
                .run(Cohort.kept(evidence(row).files(), contents), contents, before, combination::sees, progress -> {});
        return CohortRuns.judge(criteria, pairs).stream()
                .filter(finding -> !finding.met())
                .map(finding -> "post-condition " + finding.criterion() + ": " + finding.sentence())
                .findFirst();
    }

    /** Which studies migrate and did not, such as those that reached no safe point in time: they go on with the version before, which is no fault of the new one. */
    private String stayed(ChangeRow row) {
        List<String> stayed = studies.all().stream()
                .filter(study -> study.combination().equals(row.combination())
                        && study.state() == StudyState.RUNNING
                        && study.policy() == UpgradePolicy.MIGRATE
                        && study.plugins().contains(row.from()))
                .map(study -> "study " + study.number() + " is still on " + row.from()
                        + (study.message().isEmpty() ? "" : ": " + study.message()))
                .toList();
        return stayed.isEmpty() ? "" : "; " + String.join("; ", stayed);
    }

    private void goBack(ChangeRow row, String why) {
        ChangeRow back = row.in(ChangeState.ROLLING_BACK, why);
        takeBack(records.step("system", "change.rollback", row, back, back.message()));
    }

    /** What an exception says; errors of a plugin often say nothing without their names. */
    static String words(Throwable broken) {
        return broken instanceof Exception && broken.getMessage() != null ? broken.getMessage() : broken.toString();
    }

    /** Puts the version before in use again. */
    void takeBack(ChangeRow row) {
        combinations.makeAvailable(row.from());
        database.transact(connection -> {
            if (combinations.get(row.combination()).sees(row.to())) {
                combinations.replace(row.combination(), row.to(), row.from());
            }
            return records.step("system", "change.rollback", row, row.in(ChangeState.ROLLED_BACK, row.message()), "");
        });
        studies.move(row.combination());
        sweep();
    }

    /** The verification of a change begins. */
    void begins(ChangeRow row) {
        verifying.add(row.number());
    }

    /** The verification of a change ends. */
    void ends(ChangeRow row) {
        verifying.remove(Long.valueOf(row.number()));
    }

    /** Bundles that no open change and no study needs go. */
    void sweep() {
        // Asked for each as it may go, so that nothing that was begun meanwhile is overlooked.
        combinations.sweep(plugin -> studies.needed().contains(plugin)
                || records.all().stream()
                        .filter(row -> OPEN.contains(row.state()) || verifying.contains(row.number()))
                        .anyMatch(row -> row.to().equals(plugin) || row.from().equals(plugin)));
    }
}
