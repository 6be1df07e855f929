/** Surgical scenes of patients. */
@Export
@Version("1.0.0")
package org.oncotwin.scene;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
