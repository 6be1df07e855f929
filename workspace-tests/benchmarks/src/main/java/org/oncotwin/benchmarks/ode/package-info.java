/** Ordinary differential equations by our solvers and by others. */
package org.oncotwin.benchmarks.ode;
