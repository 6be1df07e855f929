/** Effect ports: what treatments drive and growth models honour. */
@Export
@Version("1.0.0")
package org.oncotwin.api.effect;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
