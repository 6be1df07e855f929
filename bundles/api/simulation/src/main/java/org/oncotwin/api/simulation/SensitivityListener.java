package org.oncotwin.api.simulation;

import org.osgi.annotation.versioning.ConsumerType;

/** Follows the differentiation of a run. Called from the thread that asked for it. */
@ConsumerType
@FunctionalInterface
public interface SensitivityListener {

    /** A listener that does nothing. */
    SensitivityListener NONE = (work, part) -> {};

    /** Kinds of work, in the order in which they are done. */
    enum Work {
        /** The run and its differentiation, backwards in time. */
        DIFFERENTIATING,
        /** Runs with parameters changed. */
        REPEATING
    }

    /**
     * Some work was done; called often.
     *
     * @param work what is being done
     * @param part how much of it is done, 0 to 1
     */
    void progressed(Work work, double part);
}
