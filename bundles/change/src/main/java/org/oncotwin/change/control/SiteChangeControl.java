package org.oncotwin.change.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.account.Signatures;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.change.plan.PlanFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Change control in the site's database: who may take which step, and when; what a step is, its class says. */
@Component
public final class SiteChangeControl implements ChangeControl {

    /** Changes that something is being done about; if that was interrupted, it is carried on by promote, or when the site is opened again. */
    private static final Set<ChangeState> CARRIED_ON =
            EnumSet.of(ChangeState.PROMOTING, ChangeState.WATCHING, ChangeState.ROLLING_BACK);

    /** Changes that nothing was done about yet beyond looking at them. */
    private static final Set<ChangeState> NOT_IN_PLACE =
            EnumSet.of(ChangeState.PROPOSED, ChangeState.VERIFIED, ChangeState.FAILED);

    private final Database database;
    private final ContentStore contents;
    private final Accounts accounts;
    private final Signatures signatures;
    private final Combinations combinations;
    private final ChangeRecords records;
    private final Proposal proposal;
    private final Verification verification;
    private final Promotion promotion;

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
        this.accounts = accounts;
        this.signatures = signatures;
        this.combinations = combinations;
        records = new ChangeRecords(database, audit);
        proposal = new Proposal(database, contents, combinations, catalogue, records, clock);
        verification = new Verification(database, contents, combinations, engine, cases, catalogue, records, clock);
        promotion = new Promotion(
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
                records,
                clock);
        records.all().stream().filter(row -> CARRIED_ON.contains(row.state())).forEach(this::carryOnAgain);
    }

    /** One change that cannot be carried on keeps nobody from the others. */
    private void carryOnAgain(ChangeRow row) {
        try {
            records.requireAudited(row);
            promotion.carryOn(row);
        } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError broken) {
            records.note("system", "change.refuse", row.subject(), "carry on", Promotion.words(broken));
        }
    }

    @Override
    public Change propose(
            Session session, String combination, Path bundle, String kind, String description, String reason)
            throws IOException {
        accounts.require(session, "propose a change of " + combination, Role.SITE);
        String actor = actor(session);
        try {
            return change(records.noted(
                    actor,
                    "combination " + combination,
                    "propose " + kind,
                    () -> proposal.propose(actor, combinations.get(combination), bundle, kind, description, reason)));
        } catch (ChangeRefusedException refused) {
            promotion.sweep();
            throw refused;
        }
    }

    @Override
    public Change verify(
            Session session, long number, Path cohort, Consumer<String> progress, Cancellation cancellation)
            throws IOException {
        accounts.require(session, "verify change " + number, Role.SITE, Role.REGULATORY);
        String actor = actor(session);
        ChangeRow row = records.get(number);
        return change(records.noted(actor, row.subject(), "verify", () -> {
            records.requireAudited(row);
            ChangeRecords.require(row, ChangeState.PROPOSED, ChangeState.VERIFIED, ChangeState.FAILED);
            promotion.begins(row);
            try {
                return verification.verify(actor, row, cohort, progress, cancellation);
            } finally {
                promotion.ends(row);
            }
        }));
    }

    @Override
    public Change sign(Session session, Credentials credentials, long number, Meaning meaning) {
        String actor = actor(session);
        ChangeRow row = records.get(number);
        records.noted(actor, row.subject(), "sign", () -> {
            records.requireAudited(row);
            ChangeRecords.require(row, ChangeState.VERIFIED);
            accounts.require(session, "sign change " + number, promotion.signers(row));
            return signatures.sign(session, credentials, row.signedRecord(), meaning);
        });
        return get(number);
    }

    @Override
    public Change promote(Session session, long number, String reason) {
        accounts.require(session, "promote change " + number, Role.REGULATORY);
        String actor = actor(session);
        stepping.lock();
        try {
            ChangeRow row = records.get(number);
            ChangeRow promoted = records.noted(actor, row.subject(), "promote", () -> {
                records.requireAudited(row);
                if (CARRIED_ON.contains(row.state())) {
                    // Something came between, such as a database that was away for a while.
                    records.note(
                            actor, "change.carry-on", row.subject(), row.state().name(), reason);
                    return row;
                }
                ChangeRecords.require(row, ChangeState.VERIFIED);
                promotion.requireUnaltered(row);
                return database.transact(connection -> {
                    // Signatures may have been given meanwhile; nothing else may have happened.
                    if (!records.get(number).equals(row)) {
                        throw new ChangeRefusedException(
                                "change " + number + " went on while it was looked at; look at it again");
                    }
                    return records.step(
                            actor, "change.promote", row, row.in(ChangeState.PROMOTING, row.message()), reason);
                });
            });
            promotion.carryOn(promoted);
        } finally {
            stepping.unlock();
        }
        return get(number);
    }

    @Override
    public Change rollBack(Session session, long number, String reason) {
        accounts.require(session, "roll back change " + number, Role.REGULATORY);
        String actor = actor(session);
        stepping.lock();
        try {
            ChangeRow row = records.get(number);
            if (NOT_IN_PLACE.contains(row.state())) {
                records.noted(actor, row.subject(), "rollback", () -> {
                    records.requireAudited(row);
                    return withdrawn(actor, row, reason);
                });
                promotion.sweep();
                return get(number);
            }
            ChangeRow back = records.noted(actor, row.subject(), "rollback", () -> {
                records.requireAudited(row);
                ChangeRecords.require(
                        row,
                        ChangeState.ACCEPTED,
                        ChangeState.PROMOTING,
                        ChangeState.WATCHING,
                        ChangeState.ROLLING_BACK);
                if (row.state() == ChangeState.ROLLING_BACK) {
                    records.note(
                            actor, "change.carry-on", row.subject(), row.state().name(), reason);
                    return row;
                }
                if (row.state() != ChangeState.PROMOTING
                        && !combinations.get(row.combination()).sees(row.to())) {
                    throw new ChangeRefusedException("combination " + row.combination() + " does not use " + row.to()
                            + " any more; roll back the later change first");
                }
                ChangeRow next = row.in(ChangeState.ROLLING_BACK, "by " + actor + ": " + reason);
                return records.step(actor, "change.rollback", row, next, reason);
            });
            promotion.takeBack(back);
        } finally {
            stepping.unlock();
        }
        return get(number);
    }

    /** Nothing is in place that would have to be taken back. */
    private ChangeRow withdrawn(String actor, ChangeRow row, String reason) {
        return database.transact(connection -> {
            ChangeRecords.require(records.get(row.number()), row.state());
            ChangeRow gone = row.in(ChangeState.ROLLED_BACK, "never in place; withdrawn by " + actor + ": " + reason);
            return records.step(actor, "change.rollback", row, gone, reason);
        });
    }

    @Override
    public List<Change> all() {
        return records.all().stream().map(this::change).toList();
    }

    @Override
    public Change get(long number) {
        return change(records.get(number));
    }

    private Change change(ChangeRow row) {
        List<String> missing;
        try {
            missing = promotion.missing(row, PlanFile.read(contents, row.plan()));
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
                signatures.of(row.signedRecord()),
                missing);
    }

    /** Whoever hands in a session might have made up whose it is: what counts is what the site knows of its token. */
    private String actor(Session session) {
        return accounts.session(session.token()).account().name();
    }
}
