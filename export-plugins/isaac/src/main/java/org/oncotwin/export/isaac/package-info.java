/** Surgical scenes for Isaac Sim. */
package org.oncotwin.export.isaac;
