/**
 * Starts an OSGi framework from a Feature and hands the command line to the one service that runs it.
 *
 * <p>This is the only part of OncoTwin that is not a bundle: a plain class path with the framework on it.
 */
package org.oncotwin.launcher;
