/** What a twin is made of: quantities, setting, state, observations, trajectory. */
@Export
@Version("1.0.0")
package org.oncotwin.api.twin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
