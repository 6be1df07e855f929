package org.oncotwin.api.export;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** A folder to be that an export writes its files into. The host hashes what is written and puts all in place at once when the run has ended well. */
@ProviderType
public interface ExportTarget {

    /**
     * A new file.
     *
     * @param path relative, with forward slashes, never leaving the folder
     */
    OutputStream create(String path) throws IOException;
}
