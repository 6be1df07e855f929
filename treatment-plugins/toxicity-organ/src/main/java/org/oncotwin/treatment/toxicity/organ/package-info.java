/** Harm of drugs to organs. */
package org.oncotwin.treatment.toxicity.organ;
