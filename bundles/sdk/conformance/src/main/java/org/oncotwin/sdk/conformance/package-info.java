/** Abstract contract tests that every plugin and solver extends, and the test doubles that they need. */
@Export
@Version("1.0.0")
package org.oncotwin.sdk.conformance;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
