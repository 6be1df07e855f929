package org.oncotwin.api.solver;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Ordinary differential equations in time, dy/dt = f(t, y, p), with time in days. Keeps no state of its own: it may be asked by several threads at once, for different
 * problems.
 */
@ConsumerType
public interface OdeSystem {

    /** Number of equations. */
    int dimension();

    /** Number of parameters p. */
    default int parameters() {
        return 0;
    }

    /**
     * Writes f(t, y, p).
     *
     * @param day time in days since day 0
     * @param state y, not to be written
     * @param parameters p, not to be written
     * @param derivatives where to write the derivatives, per day; every one must be written
     */
    void derivatives(double day, double[] state, double[] parameters, double[] derivatives);

    /** What a component of the state is called in messages. */
    default String name(int component) {
        return "component " + component;
    }

    /** Which derivatives depend on which components; all on all unless a system says less, which saves a solver of large systems much work. */
    default SparsityPattern sparsity() {
        return SparsityPattern.full(dimension());
    }
}
