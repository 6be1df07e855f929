/** Reaction-diffusion growth of tumour cellularity. */
package org.oncotwin.model.reaction.diffusion;
