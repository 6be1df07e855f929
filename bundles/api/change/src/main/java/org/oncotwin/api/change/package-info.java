/** Site combinations of plugins, studies that run on them, and changes under a predetermined change control plan. */
@Export
@Version("1.1.0")
package org.oncotwin.api.change;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
