package org.oncotwin.api.change;

import org.oncotwin.api.twin.SimulationTime;
import org.osgi.annotation.versioning.ConsumerType;

/** Is told how far a replay is. */
@ConsumerType
@FunctionalInterface
public interface ReplayProgress {

    /**
     * The replay has come to an instant; called often, from its thread.
     *
     * @param start where it began
     * @param now where it is
     * @param end where it will end
     */
    void reached(SimulationTime start, SimulationTime now, SimulationTime end);
}
