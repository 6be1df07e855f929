/** How a plugin describes itself: id, version, context of use, parameters. */
@Export
@Version("1.0.0")
package org.oncotwin.api.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
