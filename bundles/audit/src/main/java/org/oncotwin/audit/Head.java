package org.oncotwin.audit;

import java.time.Instant;
import org.oncotwin.api.audit.AuditEntry;

/**
 * The head of the trail at some time, as it is kept outside the database.
 *
 * @param number number of the last entry then; 0 if there was none
 * @param time its time, to the millisecond
 * @param hash its hash; 64 zeros if there was none
 */
record Head(long number, Instant time, String hash) {

    static Head of(AuditEntry entry) {
        return new Head(entry.number(), entry.time(), entry.hash());
    }
}
