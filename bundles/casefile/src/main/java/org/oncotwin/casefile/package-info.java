/** Reads case files and writes results. */
package org.oncotwin.casefile;
