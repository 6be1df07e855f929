package org.oncotwin.api.pharmacokinetics;

import java.nio.file.Path;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ConsumerType;

/** Drugs that come with the system. A service; there may be several. */
@ConsumerType
public interface DrugLibrary {

    /** Title of the library, for lists. */
    String title();

    /** A drug file by the id of its drug, each in the form that cases may also give. Files stay as they are while the service is there. */
    SortedMap<String, Path> files();
}
