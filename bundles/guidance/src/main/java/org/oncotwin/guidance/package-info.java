/** Guidance of a tracked instrument. */
@Export
@Version("1.0.0")
package org.oncotwin.guidance;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
