/** Contract of the unit conversion at the edge. */
@Export
@Version("1.0.0")
package org.oncotwin.api.units;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
