/** The numerical scheme that the grid solvers share, whatever processor they run on. */
package org.oncotwin.solver.grid.scheme;
