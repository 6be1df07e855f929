/** Reaction-diffusion on a masked grid behind the solver contract. */
package org.oncotwin.solver.grid;
