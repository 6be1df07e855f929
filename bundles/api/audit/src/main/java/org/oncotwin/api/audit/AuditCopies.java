package org.oncotwin.api.audit;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** Copies of the whole audit trail for an inspector (21 CFR 11.10(b)). Each says what the verification found just before. A trail with faults is copied too. */
@ProviderType
public interface AuditCopies {
    /**
     * Writes JSON lines for machines: one object that describes the copy, then one per entry, from whose fields its hash can be computed again.
     *
     * @param made when the copy is made
     */
    AuditCheck writeJsonLines(Writer writer, Instant made) throws IOException;

    /**
     * Writes one HTML page for people that needs nothing else.
     *
     * @param made when the copy is made
     */
    AuditCheck writeHtml(Writer writer, Instant made) throws IOException;
}
