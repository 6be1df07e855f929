/** Population pharmacokinetics with one to three compartments. */
package org.oncotwin.treatment.compartments;
