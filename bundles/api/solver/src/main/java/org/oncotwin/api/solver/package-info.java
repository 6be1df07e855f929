/** Problem descriptions and solutions of numerical solvers. */
@Export
@Version("1.0.0")
package org.oncotwin.api.solver;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
