/** Contract of drugs in the body: drugs as data, doses, and the models that turn doses into concentrations. */
@Export
@Version("1.0.0")
package org.oncotwin.api.pharmacokinetics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
