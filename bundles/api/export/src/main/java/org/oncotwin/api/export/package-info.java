/** Contract of an exporter. */
@Export
@Version("1.0.0")
package org.oncotwin.api.export;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
