/** Cytotoxic drugs: doses on a calendar, and how concentrations kill. */
package org.oncotwin.treatment.chemotherapy;
