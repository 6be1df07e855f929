package org.oncotwin.api.store;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** The folder of the site that is open, locked against other processes. A service that is there as long as the site is open. */
@ProviderType
public interface SiteFolder {

    /** The folder. */
    Path path();
}
