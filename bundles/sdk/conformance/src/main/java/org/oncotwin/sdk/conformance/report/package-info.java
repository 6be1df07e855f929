/** The conformance report: what the kit asked of a bundle, and how the bundle answered. */
package org.oncotwin.sdk.conformance.report;
