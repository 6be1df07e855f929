/** Starts the framework from an OSGi Feature. */
package org.oncotwin.launcher;
