package org.oncotwin.api.solver;

import org.osgi.annotation.versioning.ConsumerType;

/** Linear equations with coefficients that only parameters change: dy/dt = A(p) y + b(p), such as the compartments of a drug with first-order transfer. */
@ConsumerType
public interface LinearOdeSystem extends OdeSystem {

    /**
     * Writes A.
     *
     * @param entries where to write A, row by row: {@code entries[i * dimension + j]} is what component j adds to derivative i
     */
    void matrix(double[] parameters, double[] entries);

    /**
     * Writes b.
     *
     * @param input where to write b, per day
     */
    void input(double[] parameters, double[] input);
}
