/** Deformation of soft tissue by finite elements behind the contract of elasticity solvers. */
package org.oncotwin.solver.fem;
