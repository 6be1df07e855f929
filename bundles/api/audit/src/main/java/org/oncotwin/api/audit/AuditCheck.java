package org.oncotwin.api.audit;

import java.util.List;

/**
 * What the verifier found.
 *
 * @param entries number of entries
 * @param anchors number of heads kept outside the database that were compared
 * @param head hash of the last entry
 * @param faults what is wrong, each with the number of the entry; empty if nothing is
 */
public record AuditCheck(long entries, long anchors, String head, List<String> faults) {

    /** Makes the list immutable. */
    public AuditCheck {
        faults = List.copyOf(faults);
    }

    /** True if nothing is wrong. */
    public boolean intact() {
        return faults.isEmpty();
    }
}
