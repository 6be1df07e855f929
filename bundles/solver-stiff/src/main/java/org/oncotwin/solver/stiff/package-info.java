/**
 * Stiff ordinary differential equations behind the solver contract, by the Rosenbrock method Rodas5P of Steinebach (2023), with conditions, derivatives of the solution
 * and states that stay at or above 0 without loss of what the equations keep.
 */
package org.oncotwin.solver.stiff;
