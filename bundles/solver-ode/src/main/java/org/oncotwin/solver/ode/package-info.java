/** Ordinary differential equations behind the solver contract. */
package org.oncotwin.solver.ode;
