package org.oncotwin.audit;

import java.time.Clock;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.SiteFolder;

/** The real audit trail with a clock that a test sets. */
public final class AuditWithClock {

    private AuditWithClock() {}

    /** Opens it. */
    public static AuditTrail open(Database database, SiteFolder folder, Clock clock) {
        return new ChainedAuditTrail(database, folder, clock);
    }
}
