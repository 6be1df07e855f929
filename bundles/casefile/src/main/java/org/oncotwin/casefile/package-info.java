/** Reads case files, and writes and reads run folders. */
@Export
@Version("1.2.0")
package org.oncotwin.casefile;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
