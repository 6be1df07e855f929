/** What gives benchmarks the kernels of the solver; in its package, because nothing outside needs them. */
package org.oncotwin.solver.grid;
