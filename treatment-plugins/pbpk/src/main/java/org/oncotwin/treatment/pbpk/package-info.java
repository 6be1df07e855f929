/** Pharmacokinetics of the whole body by organs. */
package org.oncotwin.treatment.pbpk;
