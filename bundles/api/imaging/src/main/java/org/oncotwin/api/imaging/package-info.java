/** Contract of image reading, writing and segmentation. */
@Export
@Version("1.0.0")
package org.oncotwin.api.imaging;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
