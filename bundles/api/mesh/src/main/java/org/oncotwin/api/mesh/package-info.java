/** Meshes of tetrahedra and of triangles. */
@Export
@Version("1.0.0")
package org.oncotwin.api.mesh;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
