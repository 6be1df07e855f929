package org.oncotwin.api.audit;

import java.util.List;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The audit trail of the site (21 CFR 11.10(e)): only ever added to, each entry bound to the one before by its hash. Its head is also kept outside the database, so that entries
 * that are cut off at the end are missed.
 */
@ProviderType
public interface AuditTrail {

    /**
     * Adds an entry. Within a {@link org.oncotwin.api.store.Database#transact transaction} of this thread it stands or falls with what it tells of; outside it is a transaction of its own.
     *
     * @throws AuditException if the clock was set back behind the last entry
     */
    AuditEntry append(AuditEvent event);

    /**
     * Entries in order.
     *
     * @param from number of the first
     * @param most most entries wanted
     */
    List<AuditEntry> entries(long from, int most);

    /** Number of the last entry; empty if there is none. */
    OptionalLong last();

    /** Compares every entry with its hash, its number and the hash before, and the heads kept outside with the entries. */
    AuditCheck verify();
}
