/** A surgical scene and the contract of its exporters. */
@Export
@Version("1.0.0")
package org.oncotwin.api.scene;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
