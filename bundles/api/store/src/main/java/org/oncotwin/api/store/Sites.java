package org.oncotwin.api.store;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens the site that this process works with, one at a time. While it is open, {@link SiteFolder}, {@link Database} and {@link ContentStore} are there as services. */
@ProviderType
public interface Sites {
    /**
     * Makes a site and opens it; one whose making was broken off is opened.
     *
     * @param folder new or empty
     * @param location where its database is
     * @throws StoreException if something else lies there, the folder cannot be made, or the database cannot be opened; nothing is open then
     */
    void create(Path folder, DatabaseLocation location);

    /**
     * Opens a site that was made before. When this returns, its services are there.
     *
     * @throws StoreException if there is none in the folder, another process has it open, or its database cannot be opened; nothing is open then
     */
    void open(Path folder);

    /** Closes the site that is open; when this returns, whatever worked with it has ended. Does nothing if none is open. */
    void close();
}
