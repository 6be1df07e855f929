/** Gompertz growth of tumour volume. */
package org.oncotwin.model.gompertz;
