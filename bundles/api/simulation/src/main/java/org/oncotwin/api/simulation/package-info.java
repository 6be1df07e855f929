/** Contract of a simulation run: combination, engine, provenance. */
@Export
@Version("1.0.0")
package org.oncotwin.api.simulation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
