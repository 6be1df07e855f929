/** Accounts, sessions and electronic signatures. */
@Export
@Version("1.0.0")
package org.oncotwin.api.account;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
