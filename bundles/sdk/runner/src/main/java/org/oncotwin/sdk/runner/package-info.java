/** Runs case files for tests that stand outside of the framework. */
package org.oncotwin.sdk.runner;
