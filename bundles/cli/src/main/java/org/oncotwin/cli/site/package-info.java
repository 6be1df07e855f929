/** The commands of a site, and the process that holds it open and carries them out for others. */
package org.oncotwin.cli.site;
