package org.oncotwin.cli.site;

import java.nio.file.Path;
import org.oncotwin.api.store.DatabaseLocation;

/** Opens sites in this process. */
public interface SiteDoor {
    /**
     * Opens a site.
     *
     * @throws org.oncotwin.api.store.StoreException if it cannot be opened
     */
    OpenSite open(Path folder);

    /**
     * Makes a site and opens it.
     *
     * @throws org.oncotwin.api.store.StoreException if it cannot be made
     */
    OpenSite create(Path folder, DatabaseLocation location);
}
