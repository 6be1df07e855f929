/** Deformation of soft tissue. */
@Export
@Version("1.0.0")
package org.oncotwin.api.mechanics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
