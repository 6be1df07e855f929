package org.oncotwin.api.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Large contents of the site, such as fields, checkpoints, bundles and evidence, as files named by their SHA-256. A content never changes; the same content is kept once. */
@ProviderType
public interface ContentStore {

    /**
     * Keeps a content; it is safe from a crash when this returns.
     *
     * @return its SHA-256 in hexadecimal
     */
    String put(InputStream content) throws IOException;

    /** True if a content is there. */
    boolean contains(String sha256);

    /**
     * A content.
     *
     * @throws StoreException while reading or at the end if the content is not the one of this hash any more
     * @throws java.io.FileNotFoundException if it is not there
     */
    InputStream open(String sha256) throws IOException;

    /**
     * The file of a content, checked against its hash, for those who need a file.
     *
     * @throws StoreException if it is not the one of this hash any more
     * @throws java.io.FileNotFoundException if it is not there
     */
    Path file(String sha256) throws IOException;
}
