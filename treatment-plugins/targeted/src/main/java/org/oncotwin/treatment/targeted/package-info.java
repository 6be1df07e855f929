/** Drugs against the product of a mutated gene, and clones of the tumour that resist them. */
package org.oncotwin.treatment.targeted;
