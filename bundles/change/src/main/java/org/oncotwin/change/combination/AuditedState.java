package org.oncotwin.change.combination;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditTrail;
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
    private final Map<String, String> known = new HashMap<>();
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
        return database.transact(connection -> {
            Map<String, String> fresh = new HashMap<>();
            long last = read;
            for (List<AuditEntry> page = audit.entries(last + 1, PAGE);
                    !page.isEmpty();
                    page = audit.entries(last + 1, PAGE)) {
                for (AuditEntry entry : page) {
                    if (actions.contains(entry.event().action())) {
                        fresh.put(entry.event().subject(), entry.event().after());
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
            return Optional.ofNullable(fresh.getOrDefault(subject, known.get(subject)));
        });
    }
}
