/** A tumour, T cells, antigen presentation and the PD-1 checkpoint in four compartments of the body, as the QSP-IO platform has them (Sove et al 2020). */
package org.oncotwin.model.qsp.immuno.oncology;
