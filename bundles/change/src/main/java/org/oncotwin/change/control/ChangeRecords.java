package org.oncotwin.change.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.audit.AuditedState;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.Database;
import org.oncotwin.change.plan.Plan;

/** The changes in the database with what the audit trail says of them: neither is written without the other, and a row counts only as long as both say the same. */
final class ChangeRecords {

    /** Changes that have counted under a plan: those that came into use. */
    private static final Set<ChangeState> IN_USE =
            EnumSet.of(ChangeState.PROMOTING, ChangeState.WATCHING, ChangeState.ACCEPTED);

    private final Database database;
    private final AuditTrail audit;
    private final AuditedState audited;

    ChangeRecords(Database database, AuditTrail audit) {
        this.database = database;
        this.audit = audit;
        this.audited = new AuditedState(
                database,
                audit,
                Set.of("change.propose", "change.verify", "change.promote", "change.rollback", "change.accept"));
        database.migrate(ChangeTables.MODULE, ChangeTables.MIGRATIONS);
    }

    List<ChangeRow> all() {
        return database.transact(ChangeTables::all);
    }

    ChangeRow get(long number) {
        return all().stream()
                .filter(row -> row.number() == number)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("change", "there is no change " + number));
    }

    /** A change with the number that it will have. */
    @FunctionalInterface
    interface Draft {
        ChangeRow numbered(long number);
    }

    /** Keeps a new change. */
    ChangeRow add(String actor, Draft draft, String reason) {
        return database.transact(connection -> {
            // Numbers that the trail knows are taken, whatever became of their rows.
            long next = Math.max(ChangeTables.nextNumber(connection), lastOfTrail() + 1);
            ChangeRow row = draft.numbered(next);
            ChangeTables.insert(connection, row);
            audit.append(new AuditEvent(
                    actor,
                    "change.propose",
                    row.subject(),
                    row.from() + " " + row.from().sha256(),
                    row.words(),
                    reason));
            return row;
        });
    }

    private long lastOfTrail() {
        return audited.subjects().stream()
                .mapToLong(subject -> Long.parseLong(subject.substring(ChangeRow.SUBJECT.length())))
                .max()
                .orElse(0);
    }

    /** Keeps how a change stands with the entry that tells of it, in one transaction. */
    ChangeRow step(String actor, String action, ChangeRow before, ChangeRow after, String reason) {
        return database.transact(connection -> {
            ChangeTables.update(connection, after);
            audit.append(new AuditEvent(
                    actor, action, after.subject(), before.state().name(), after.words(), reason));
            return after;
        });
    }

    /** A step that may be refused. */
    @FunctionalInterface
    interface Step<T, E extends Exception> {
        T take() throws E;
    }

    /** Every refusal is in the audit trail. */
    <T, E extends Exception> T noted(String actor, String subject, String what, Step<T, E> step) throws E {
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

    /** An entry about something that changed nothing. */
    void note(String actor, String action, String subject, String after, String reason) {
        audit.append(new AuditEvent(
                actor, action, subject, "", ChangeRow.keepable(after), ChangeRow.keepable(String.valueOf(reason))));
    }

    /** The row in the database is what was done here. */
    void requireAudited(ChangeRow row) {
        String said = audited.of(row.subject()).orElse("");
        if (!said.equals(row.words())) {
            throw new ChangeRefusedException(row.subject()
                    + " in the database is not the one of the audit trail: that says '" + said + "', the database '"
                    + row.words() + "'; restore the database");
        }
    }

    /** How it stands allows what is to be done. */
    static void require(ChangeRow row, ChangeState... allowed) {
        if (!List.of(allowed).contains(row.state())) {
            throw new ChangeRefusedException("change " + row.number() + " is " + row.state()
                    + "; this can be done when it is " + List.of(allowed) + ". " + row.message());
        }
    }

    /** The plan allows another change. */
    void requireLeft(Plan plan, String sha256) {
        List<ChangeRow> rows = database.transact(connection -> {
            List<ChangeRow> all = ChangeTables.all(connection);
            // A row that was altered may be one that counts.
            all.forEach(this::requireAudited);
            Set<String> gone = new TreeSet<>(audited.subjects());
            all.forEach(row -> gone.remove(row.subject()));
            if (!gone.isEmpty()) {
                throw new ChangeRefusedException(
                        gone + " of the audit trail are not in the database any more; restore the database");
            }
            return all;
        });
        long made = rows.stream()
                .filter(row -> row.plan().equals(sha256) && IN_USE.contains(row.state()))
                .count();
        if (made >= plan.impact().mostChanges()) {
            throw new ChangeRefusedException(
                    "the plan '" + plan.name() + "' allows " + plan.impact().mostChanges()
                            + " changes, and as many were made; their cumulative effect asks for a new plan");
        }
    }
}
