/** The commands behind ./oncotwin. */
package org.oncotwin.cli;
