/** Logistic growth of tumour volume. */
package org.oncotwin.model.logistic;
