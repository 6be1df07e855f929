/**
 * One self-contained HTML page per run. A caller records slices while the runs go on ({@link org.oncotwin.report.SnapshotRecorder}), gathers
 * everything in a {@link org.oncotwin.report.ReportContent} and hands it to the {@link org.oncotwin.report.ReportWriter} service.
 */
@Export
@Version("1.0.0")
package org.oncotwin.report;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
