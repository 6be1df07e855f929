/** Linear ordinary differential equations behind the solver contract, exactly, by the exponential of their matrix. */
package org.oncotwin.solver.linear;
