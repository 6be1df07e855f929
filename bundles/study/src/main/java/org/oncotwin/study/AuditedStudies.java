package org.oncotwin.study;

import java.util.Set;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.audit.AuditedState;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.Database;

/** What the audit trail says of studies: a row in the database runs only as long as it says the same. */
final class AuditedStudies {

    private static final String HASH = "SHA-256 of what it runs on ";

    private final AuditedState state;

    AuditedStudies(Database database, AuditTrail audit) {
        state = new AuditedState(database, audit, Set.of("study.start", "study.move"));
    }

    /** What an entry says of a study: something in words, which may be empty, and the hash of what it runs on. */
    static String words(String what, StudyRow row) {
        return (what.isEmpty() ? "" : what + "; ") + HASH + row.hash();
    }

    /**
     * Whoever edits the database past the site changes nothing that runs.
     *
     * @throws InvalidInputException if plugins, case, inputs, twin, policy or moves are not those of the trail
     */
    void require(StudyRow row) {
        long number = row.study().number();
        if (!state.of("study " + number).orElse("").endsWith(HASH + row.hash())) {
            throw new InvalidInputException(
                    "study",
                    number
                            + " in the database is not the one of the audit trail: its plugins, case, inputs, twin, policy"
                            + " or moves were altered; restore the database");
        }
    }
}
