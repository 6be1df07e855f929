package org.oncotwin.report;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Writes reports. A service. */
@ProviderType
public interface ReportWriter {

    /**
     * Writes one HTML page in UTF-8 that loads nothing from elsewhere. The same content gives the same bytes.
     *
     * @param content what the page says
     * @param out where it goes; flushed, not closed
     */
    void write(ReportContent content, OutputStream out) throws IOException;
}
