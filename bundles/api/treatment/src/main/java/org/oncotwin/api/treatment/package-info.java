/** Contract of a treatment modality. */
@Export
@Version("1.1.0")
package org.oncotwin.api.treatment;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
