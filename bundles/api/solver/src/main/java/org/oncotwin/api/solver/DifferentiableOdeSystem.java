package org.oncotwin.api.solver;

import org.osgi.annotation.versioning.ConsumerType;

/** Equations that know their derivatives. For others, solvers take differences of the right-hand side. */
@ConsumerType
public interface DifferentiableOdeSystem extends OdeSystem {

    /**
     * Writes df/dy.
     *
     * @param entries where to write the entries, in the order of {@link #sparsity()}; every one must be written
     */
    void jacobian(double day, double[] state, double[] parameters, double[] entries);

    /**
     * Writes df/dp times a direction.
     *
     * @param direction change of each parameter
     * @param derivatives where to write the change of each derivative; every one must be written
     */
    void alongParameters(double day, double[] state, double[] parameters, double[] direction, double[] derivatives);
}
