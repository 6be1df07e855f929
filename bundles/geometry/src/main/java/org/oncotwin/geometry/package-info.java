/** Surfaces and tetrahedra from labels of voxels, and how good they are. */
@Export
@Version("1.0.0")
package org.oncotwin.geometry;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
