/** Harm of drugs to blood cells. */
package org.oncotwin.treatment.toxicity.haematological;
