/** Response of tumours at visits by RECIST 1.1 and iRECIST. */
@Export
@Version("1.0.0")
package org.oncotwin.response;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
