/** Twins of patients: which case stood for a patient at which time, who wrote it and why. */
@Export
@Version("1.0.0")
package org.oncotwin.api.patient;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
