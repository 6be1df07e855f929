package org.oncotwin.casefile;

import java.nio.file.Path;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ConsumerType;

/** Regimens that come with the system. A service; there may be several. */
@ConsumerType
public interface RegimenLibrary {

    /** Title of the library, for lists. */
    String title();

    /** A regimen file by the id of its regimen, each in the form that cases may also give. Files stay as they are while the service is there. */
    SortedMap<String, Path> files();
}
