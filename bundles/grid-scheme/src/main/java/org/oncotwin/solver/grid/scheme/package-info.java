/** Discretisation of diffusion on a masked grid, shared by the grid solvers: pairwise couplings of voxels. */
package org.oncotwin.solver.grid.scheme;
