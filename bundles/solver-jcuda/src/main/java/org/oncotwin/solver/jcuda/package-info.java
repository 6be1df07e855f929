/** Reaction-diffusion on a masked grid on CUDA devices, behind the solver contract. */
package org.oncotwin.solver.jcuda;
