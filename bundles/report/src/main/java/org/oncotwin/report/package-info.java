/** One self-contained HTML page per run. */
package org.oncotwin.report;
