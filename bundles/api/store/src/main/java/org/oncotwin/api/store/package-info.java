/** What a site keeps: tables in a database and content by its hash. */
@Export
@Version("1.0.0")
package org.oncotwin.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
