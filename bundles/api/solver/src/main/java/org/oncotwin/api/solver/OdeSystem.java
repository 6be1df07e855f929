package org.oncotwin.api.solver;

import org.osgi.annotation.versioning.ConsumerType;

/** Ordinary differential equations in time, dy/dt = f(t, y), with time in days. */
@ConsumerType
public interface OdeSystem {

    /** Number of equations. */
    int dimension();

    /**
     * Writes f(t, y).
     *
     * @param day time in days since day 0
     * @param y state, not to be written
     * @param derivatives where to write the derivatives, per day
     */
    void derivatives(double day, double[] y, double[] derivatives);
}
