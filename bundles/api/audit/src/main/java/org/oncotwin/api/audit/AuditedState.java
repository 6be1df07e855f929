package org.oncotwin.api.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.oncotwin.api.store.Database;

/**
 * What the audit trail said last of each subject. A row in the database counts only as long as it says the same: whoever edits a row past the site cannot edit the trail, whose
 * entries are chained and whose heads are signed.
 */
public final class AuditedState {

    private static final int PAGE = 1000;

    private final Database database;
    private final AuditTrail audit;
    private final Set<String> actions;
    // Both belong to whoever is in a transaction, of which there is one at a time.
    private final Map<String, AuditEntry> known = new HashMap<>();
    private long read;

    /**
     * Follows some actions.
     *
     * @param actions those whose value after tells how a subject stands
     */
    public AuditedState(Database database, AuditTrail audit, Set<String> actions) {
        this.database = database;
        this.audit = audit;
        this.actions = Set.copyOf(actions);
    }

    /** Value after the last of the actions on a subject, also one of the transaction that goes on. */
    public Optional<String> of(String subject) {
        return entry(subject).map(entry -> entry.event().after());
    }

    /** Entry of the last of the actions on a subject, also one of the transaction that goes on. */
    public Optional<AuditEntry> entry(String subject) {
        return database.transact(connection -> {
            Map<String, AuditEntry> fresh = readOn();
            return Optional.ofNullable(fresh.getOrDefault(subject, known.get(subject)));
        });
    }

    /** All subjects of the actions, sorted, also those of the transaction that goes on. */
    public List<String> subjects() {
        return database.transact(connection -> {
            Set<String> subjects = new TreeSet<>(readOn().keySet());
            subjects.addAll(known.keySet());
            return List.copyOf(subjects);
        });
    }

    /** What came since the last time. */
    private Map<String, AuditEntry> readOn() {
        Map<String, AuditEntry> fresh = new HashMap<>();
        long last = read;
        for (List<AuditEntry> page = audit.entries(last + 1, PAGE);
                !page.isEmpty();
                page = audit.entries(last + 1, PAGE)) {
            for (AuditEntry entry : page) {
                if (actions.contains(entry.event().action())) {
                    fresh.put(entry.event().subject(), entry);
                }
            }
            last = page.get(page.size() - 1).number();
        }
        long reached = last;
        // What is undone was never said.
        database.afterCommit(() -> {
            known.putAll(fresh);
            read = reached;
        });
        return fresh;
    }
}
