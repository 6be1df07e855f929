/** Leases plugins, advances a twin between breakpoints, records trajectory and provenance. */
package org.oncotwin.engine;
