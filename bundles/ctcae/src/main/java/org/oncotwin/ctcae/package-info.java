/** Grading of adverse events by the Common Terminology Criteria for Adverse Events, version 5.0. Part of the bundles that grade. */
package org.oncotwin.ctcae;
