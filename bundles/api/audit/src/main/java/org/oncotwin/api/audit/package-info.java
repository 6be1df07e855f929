/** The audit trail: who did what to what, when and why. */
@Export
@Version("1.1.0")
package org.oncotwin.api.audit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
