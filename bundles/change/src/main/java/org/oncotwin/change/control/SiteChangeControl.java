package org.oncotwin.change.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.account.Signatures;
import org.oncotwin.api.account.SignedRecord;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.change.combination.AuditedState;
import org.oncotwin.change.combination.BundleJar;
import org.oncotwin.change.control.Evidence.Finding;
import org.oncotwin.change.plan.Difference;
import org.oncotwin.change.plan.Plan;
import org.oncotwin.change.plan.Plan.Criterion;
import org.oncotwin.change.plan.Plan.Modification;
import org.oncotwin.change.plan.Plan.Protocol;
import org.oncotwin.change.plan.PlanFile;
import org.osgi.framework.VersionRange;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Change control in the site's database. */
@Component
public final class SiteChangeControl implements ChangeControl {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Changes that have counted under a plan: those that came into use. */
    private static final Set<ChangeState> IN_USE =
            EnumSet.of(ChangeState.PROMOTING, ChangeState.WATCHING, ChangeState.ACCEPTED);

    /** Changes that are carried on when the site is opened again. */
    private static final Set<ChangeState> CARRIED_ON =
            EnumSet.of(ChangeState.PROMOTING, ChangeState.WATCHING, ChangeState.ROLLING_BACK);

    /** Changes that may still come into use. */
    private static final Set<ChangeState> OPEN =
            EnumSet.of(ChangeState.PROPOSED, ChangeState.VERIFIED, ChangeState.PROMOTING, ChangeState.WATCHING);

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
    private final Clock clock;
    private final AuditedState audited;

    /** One change is put in place or taken back at a time. */
    private final ReentrantLock stepping = new ReentrantLock();

    /** Called by Declarative Services; carries on what a crash interrupted. */
    @Activate
    public SiteChangeControl(
            @Reference Database database,
            @Reference ContentStore contents,
            @Reference AuditTrail audit,
            @Reference Accounts accounts,
            @Reference Signatures signatures,
            @Reference Combinations combinations,
            @Reference Studies studies,
            @Reference SimulationEngine engine,
            @Reference CaseReader cases,
            @Reference PluginCatalogue catalogue) {
        this(
                database,
                contents,
                audit,
                accounts,
                signatures,
                combinations,
                studies,
                engine,
                cases,
                catalogue,
                Clock.systemUTC());
    }

    SiteChangeControl(
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
        this.clock = clock;
        this.audited = new AuditedState(
                database,
                audit,
                Set.of("change.propose", "change.verify", "change.promote", "change.rollback", "change.accept"));
        database.migrate(ChangeTables.MODULE, ChangeTables.MIGRATIONS);
        rows().stream().filter(row -> CARRIED_ON.contains(row.state())).forEach(this::carryOnAgain);
    }

    /** One change that cannot be carried on keeps nobody from the others. */
    private void carryOnAgain(ChangeRow row) {
        try {
            requireAudited(row);
            carryOn(row);
        } catch (RuntimeException broken) {
            note("system", "change.refuse", subject(row), "carry on", String.valueOf(broken.getMessage()));
        }
    }

    // ---- Propose ----

    @Override
    public Change propose(
            Session session, String combination, Path bundle, String kind, String description, String reason)
            throws IOException {
        accounts.require(session, "propose a change of " + combination, Role.SITE);
        String actor = actor(session);
        try {
            return noted(
                    actor,
                    "combination " + combination,
                    "propose " + kind,
                    () -> proposed(actor, combinations.get(combination), bundle, kind, description, reason));
        } catch (ChangeRefusedException refused) {
            combinations.sweep(neededByOpenChangesAndStudies());
            throw refused;
        }
    }

    /** A step that may be refused. */
    @FunctionalInterface
    private interface Step<T, E extends Exception> {
        T take() throws E;
    }

    /** Every refusal is in the audit trail. */
    private <T, E extends Exception> T noted(String actor, String subject, String what, Step<T, E> step) throws E {
        try {
            return step.take();
        } catch (ChangeRefusedException refused) {
            note(actor, "change.refuse", subject, what, refused.getMessage());
            throw refused;
        } catch (InvalidInputException unusable) {
            note(actor, "change.refuse", subject, what, unusable.getMessage());
            throw new ChangeRefusedException(unusable.getMessage());
        }
    }

    private Change proposed(
            String actor, Combination combination, Path bundle, String kind, String description, String reason)
            throws IOException {
        String planHash = combination
                .plan()
                .orElseThrow(
                        () -> new ChangeRefusedException(
                                "combination " + combination.name()
                                        + " has no change control plan, so nothing in it can be changed; install a combination with one"));
        Plan plan = plan(planHash);
        if (!plan.combination().equals(combination.name())) {
            throw new ChangeRefusedException("the plan '" + plan.name() + "' is for combination " + plan.combination()
                    + ", not for " + combination.name());
        }
        requireLeft(plan, planHash);
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
                        && declared.offers(m.plugin().kind(), m.plugin().id()))
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException("outside the plan '" + plan.name()
                        + "': it describes no modification '" + kind + "' of a plugin of " + declared.words()
                        + "; it describes "
                        + plan.modifications().stream()
                                .map(m -> m.kind() + " of " + m.plugin().id())
                                .toList()));
        if (plan.protocol(modification).conformanceReport()) {
            signed.requireConformance(bundle, jar);
        }
        PinnedPlugin pinned = combination.plugins().stream()
                .filter(p -> p.plugin().kind() == modification.plugin().kind()
                        && p.plugin().id().equals(modification.plugin().id()))
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException("combination " + combination.name() + " does not use "
                        + modification.plugin().id()));
        PluginIdentity from = pinned.plugin();
        if (!new VersionRange(pinned.versions()).includes(declared.version())) {
            throw new ChangeRefusedException("combination " + combination.name() + " takes " + from.id()
                    + " in versions " + pinned.versions() + ", and this is version " + declared.version());
        }
        PluginIdentity to = combinations.installBeside(jar).stream()
                .filter(p -> p.kind() == from.kind() && p.id().equals(from.id()))
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException(
                        declared.words() + " declares the plugin " + from.id() + ", but it does not come up"));
        List<Difference> differences = new Scope(plan, catalogue).check(modification, from, to);
        return database.transact(connection -> {
            ChangeRow row = new ChangeRow(
                    ChangeTables.nextNumber(connection),
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
                    differences.isEmpty()
                            ? "says nothing otherwise of itself"
                            : String.join(
                                    "; ",
                                    differences.stream().map(Difference::words).toList()),
                    Optional.empty());
            ChangeTables.insert(connection, row);
            audit.append(new AuditEvent(
                    actor, "change.propose", subject(row), from + " " + from.sha256(), words(row), reason));
            return change(row);
        });
    }

    private void requireLeft(Plan plan, String sha256) {
        long made = rows().stream()
                .filter(row -> row.plan().equals(sha256) && IN_USE.contains(row.state()))
                .count();
        if (made >= plan.impact().mostChanges()) {
            throw new ChangeRefusedException(
                    "the plan '" + plan.name() + "' allows " + plan.impact().mostChanges()
                            + " changes, and as many were made; their cumulative effect asks for a new plan");
        }
    }

    private Plan plan(String sha256) throws IOException {
        try (InputStream in = contents.open(sha256)) {
            return PlanFile.read(in.readAllBytes());
        }
    }

    // ---- Verify ----

    @Override
    public Change verify(
            Session session, long number, Path cohortFolder, Consumer<String> progress, Cancellation cancellation)
            throws IOException {
        accounts.require(session, "verify change " + number, Role.SITE, Role.REGULATORY);
        String actor = actor(session);
        ChangeRow row = row(number);
        return noted(actor, subject(row), "verify", () -> {
            requireAudited(row);
            require(row, ChangeState.PROPOSED, ChangeState.VERIFIED, ChangeState.FAILED);
            return verified(actor, row, cohortFolder, progress, cancellation);
        });
    }

    private Change verified(
            String actor, ChangeRow row, Path folder, Consumer<String> progress, Cancellation cancellation)
            throws IOException {
        Plan plan = plan(row.plan());
        Modification modification = modification(plan, row);
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
            if (!row(row.number()).equals(row)) {
                throw new ChangeRefusedException(
                        "change " + row.number() + " went on while it was verified; it is left as it is");
            }
            return change(step(
                    actor,
                    "change.verify",
                    row,
                    row.verified(passed ? ChangeState.VERIFIED : ChangeState.FAILED, message, kept),
                    message));
        });
    }

    /** Keeps how a change stands with the entry that tells of it, in one transaction. */
    private ChangeRow step(String actor, String action, ChangeRow before, ChangeRow after, String reason) {
        return database.transact(connection -> {
            ChangeTables.update(connection, after);
            audit.append(
                    new AuditEvent(actor, action, subject(after), before.state().name(), words(after), reason));
            return after;
        });
    }

    private static String subject(ChangeRow row) {
        return "change " + row.number();
    }

    /** How a change stands and the hash of all that counts of it, for the audit trail. */
    private static String words(ChangeRow row) {
        return row.state() + ": from " + row.from() + " to " + row.to() + " "
                + row.to().sha256() + " of "
                + row.supplier() + "; evidence " + row.evidence().orElse("none") + "; record "
                + record(row).sha256();
    }

    /** The row in the database is what was done here. */
    private void requireAudited(ChangeRow row) {
        String said = audited.of(subject(row)).orElse("");
        if (!said.equals(words(row))) {
            throw new ChangeRefusedException(subject(row)
                    + " in the database is not the one of the audit trail: that says '" + said + "', the database '"
                    + words(row) + "'; restore the database");
        }
    }

    /** What studies of the combination would see. */
    private static Predicate<PluginIdentity> proposed(Combination combination, ChangeRow row) {
        return plugin -> plugin.equals(row.to()) || combination.sees(plugin) && !plugin.equals(row.from());
    }

    private static Modification modification(Plan plan, ChangeRow row) {
        return plan.modifications().stream()
                .filter(m -> m.kind().equals(row.kind())
                        && m.plugin().kind() == row.to().kind()
                        && m.plugin().id().equals(row.to().id()))
                .findFirst()
                .orElseThrow();
    }

    // ---- Sign ----

    @Override
    public Change sign(Session session, Credentials credentials, long number, Meaning meaning) {
        accounts.require(session, "sign change " + number, Role.REGULATORY, Role.CLINICAL);
        ChangeRow row = row(number);
        noted(actor(session), subject(row), "sign", () -> {
            requireAudited(row);
            require(row, ChangeState.VERIFIED);
            return signatures.sign(session, credentials, record(row), meaning);
        });
        return get(number);
    }

    /** All that a signature agrees to: whatever of it is altered makes the signature void. */
    private static SignedRecord record(ChangeRow row) {
        StringBuilder text = new StringBuilder();
        for (String part : List.of(
                Long.toString(row.number()),
                row.combination(),
                row.from().toString(),
                row.from().sha256(),
                row.to().toString(),
                row.to().sha256(),
                row.kind(),
                row.description(),
                row.plan(),
                row.jar(),
                row.supplier(),
                row.proposer(),
                row.evidence().orElse(""))) {
            text.append(part.length()).append(':').append(part).append('\n');
        }
        try {
            return new SignedRecord(
                    "change",
                    Long.toString(row.number()),
                    org.oncotwin.change.combination.Sha256.of(
                            new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8))));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // ---- Promote ----

    @Override
    public Change promote(Session session, long number, String reason) {
        accounts.require(session, "promote change " + number, Role.REGULATORY);
        String actor = actor(session);
        stepping.lock();
        try {
            ChangeRow row = row(number);
            ChangeRow promoted = noted(actor, subject(row), "promote", () -> {
                requireAudited(row);
                require(row, ChangeState.VERIFIED);
                requireUnaltered(row);
                return database.transact(connection -> {
                    // Signatures may have been given meanwhile; nothing else may have happened.
                    require(row(number), ChangeState.VERIFIED);
                    return step(actor, "change.promote", row, row.in(ChangeState.PROMOTING, row.message()), reason);
                });
            });
            carryOn(promoted);
        } finally {
            stepping.unlock();
        }
        return get(number);
    }

    /** Everything that was signed is as it was, and all signatures are there. */
    private void requireUnaltered(ChangeRow row) {
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
            plan = plan(row.plan());
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
            // Again, because a certificate may have run out, and a hash in a table is not a bundle.
            SignedBundle.check(
                    contents.file(row.jar()),
                    "the bundle of change " + row.number(),
                    plan.suppliers(),
                    clock.instant());
        } catch (IOException | RuntimeException missing) {
            if (missing instanceof ChangeRefusedException refused) {
                throw refused;
            }
            throw new ChangeRefusedException(
                    "plan, evidence or bundle cannot be read as they were: " + missing.getMessage());
        }
        requireLeft(plan, row.plan());
        List<String> missing = missing(row, plan);
        if (!missing.isEmpty()) {
            throw new ChangeRefusedException("signatures are missing: " + String.join("; ", missing)
                    + (plan.protocol(modification(plan, row)).distinctPersons()
                            ? "; no two by one person, and none by who proposed the change"
                            : ""));
        }
    }

    private Evidence evidence(ChangeRow row) throws IOException {
        try (InputStream in = contents.open(row.evidence().orElseThrow())) {
            return PlanFile.read(in.readAllBytes(), Evidence.class);
        }
    }

    private List<String> missing(ChangeRow row, Plan plan) {
        return new RequiredSignatures(plan.protocol(modification(plan, row)), accounts.all(), row.proposer())
                .missing(signatures.of(record(row)));
    }

    // ---- What is carried on, also after a crash ----

    private void carryOn(ChangeRow row) {
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
            combinations.makeAvailable(row.to());
            watched = database.transact(connection -> {
                combinations.replace(row.combination(), row.from(), row.to());
                return step("system", "change.promote", row, row.in(ChangeState.WATCHING, row.message()), "");
            });
        } catch (RuntimeException broken) {
            goBack(row, "the new version cannot be put in place: " + broken.getMessage());
            return;
        }
        watch(watched);
    }

    private void watch(ChangeRow row) {
        try {
            studies.move(row.combination());
            Optional<String> fault = postConditions(row);
            if (fault.isPresent()) {
                goBack(row, fault.get());
                return;
            }
        } catch (IOException | RuntimeException broken) {
            goBack(row, "a post-condition cannot be checked: " + broken.getMessage());
            return;
        }
        step("system", "change.accept", row, row.in(ChangeState.ACCEPTED, "in use"), "all post-conditions are met");
        combinations.sweep(neededByOpenChangesAndStudies());
    }

    /** What of the plan's post-conditions does not hold: judged by the studies that moved and the health of the new version. */
    private Optional<String> postConditions(ChangeRow row) throws IOException {
        Combination combination = combinations.get(row.combination());
        if (!combination.sees(row.to()) || catalogueIdentities().noneMatch(plugin -> plugin.equals(row.to()))) {
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
        Plan plan = plan(row.plan());
        List<Criterion> criteria = plan.protocol(modification(plan, row)).postConditions();
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

    private Stream<PluginIdentity> catalogueIdentities() {
        return Stream.of(catalogue.growthModels(), catalogue.treatmentModalities(), catalogue.solvers())
                .flatMap(List::stream)
                .map(PluginCatalogue.Entry::identity);
    }

    private void goBack(ChangeRow row, String why) {
        takeBack(step("system", "change.rollback", row, row.in(ChangeState.ROLLING_BACK, why), why));
    }

    private void takeBack(ChangeRow row) {
        combinations.makeAvailable(row.from());
        database.transact(connection -> {
            if (combinations.get(row.combination()).sees(row.to())) {
                combinations.replace(row.combination(), row.to(), row.from());
            }
            return step("system", "change.rollback", row, row.in(ChangeState.ROLLED_BACK, row.message()), "");
        });
        studies.move(row.combination());
        combinations.sweep(neededByOpenChangesAndStudies());
    }

    @Override
    public Change rollBack(Session session, long number, String reason) {
        accounts.require(session, "roll back change " + number, Role.REGULATORY);
        String actor = actor(session);
        stepping.lock();
        try {
            ChangeRow row = row(number);
            ChangeRow back = noted(actor, subject(row), "rollback", () -> {
                requireAudited(row);
                require(row, ChangeState.ACCEPTED);
                if (!combinations.get(row.combination()).sees(row.to())) {
                    throw new ChangeRefusedException("combination " + row.combination() + " does not use " + row.to()
                            + " any more; roll back the later change first");
                }
                ChangeRow next = row.in(ChangeState.ROLLING_BACK, "by " + actor + ": " + reason);
                return step(actor, "change.rollback", row, next, reason);
            });
            takeBack(back);
        } finally {
            stepping.unlock();
        }
        return get(number);
    }

    // ---- What there is ----

    private Predicate<PluginIdentity> neededByOpenChangesAndStudies() {
        List<ChangeRow> open =
                rows().stream().filter(row -> OPEN.contains(row.state())).toList();
        Set<PluginIdentity> needed = studies.needed();
        return plugin -> open.stream()
                        .anyMatch(row -> row.to().equals(plugin) || row.from().equals(plugin))
                || needed.contains(plugin);
    }

    private static void require(ChangeRow row, ChangeState... allowed) {
        if (!List.of(allowed).contains(row.state())) {
            throw new ChangeRefusedException("change " + row.number() + " is " + row.state()
                    + "; this can be done when it is " + List.of(allowed) + ". " + row.message());
        }
    }

    private void note(String actor, String action, String subject, String after, String reason) {
        audit.append(new AuditEvent(actor, action, subject, "", after, reason));
    }

    private List<ChangeRow> rows() {
        return database.transact(ChangeTables::all);
    }

    private ChangeRow row(long number) {
        return rows().stream()
                .filter(row -> row.number() == number)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("change", "there is no change " + number));
    }

    @Override
    public List<Change> all() {
        return rows().stream().map(this::change).toList();
    }

    @Override
    public Change get(long number) {
        return change(row(number));
    }

    private Change change(ChangeRow row) {
        List<String> missing = List.of();
        try {
            missing = missing(row, plan(row.plan()));
        } catch (IOException | RuntimeException unreadable) {
            missing = List.of("the plan cannot be read as it was: " + unreadable.getMessage());
        }
        return new Change(
                row.number(),
                row.combination(),
                row.from(),
                row.to(),
                row.kind(),
                row.description(),
                row.plan(),
                row.state(),
                row.message(),
                row.evidence(),
                signatures.of(record(row)),
                missing);
    }

    /** Whoever hands in a session might have made up whose it is: what counts is what the site knows of its token. */
    private String actor(Session session) {
        return accounts.session(session.token()).account().name();
    }
}
