/** Contract of a growth model. */
@Export
@Version("1.0.0")
package org.oncotwin.api.growth;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
