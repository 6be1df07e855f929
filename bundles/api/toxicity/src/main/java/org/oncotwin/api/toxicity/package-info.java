/** Contract of harm to healthy tissue: exposures in, curves and graded adverse events out. */
@Export
@Version("1.0.0")
package org.oncotwin.api.toxicity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
