/** Ordinary differential equations behind the solver contract, by embedded Runge-Kutta methods of Dormand and Prince. */
package org.oncotwin.solver.ode;
