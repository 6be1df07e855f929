package org.oncotwin.api.solver;

import org.osgi.annotation.versioning.ProviderType;

/** The solution at all times of its interval. Immutable; may be asked by several threads. */
@ProviderType
public interface OdeTrajectory {

    /** First day. */
    double start();

    /** Last day. */
    double end();

    /**
     * Writes the state at a time, as exact as the solution itself; where it jumps, that after the jump.
     *
     * @param day from {@link #start()} to {@link #end()}
     * @param state where to write it
     * @throws IllegalArgumentException outside
     */
    void at(double day, double[] state);
}
