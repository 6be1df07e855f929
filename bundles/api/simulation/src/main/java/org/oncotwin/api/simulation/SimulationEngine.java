package org.oncotwin.api.simulation;

import org.oncotwin.api.plugin.InvalidInputException;
import org.osgi.annotation.versioning.ProviderType;

/** Runs cases on the plugins that are there. */
@ProviderType
public interface SimulationEngine {

    /**
     * Leases the plugins that a request names and checks that they fit: versions, parameters, effect ports, initial state. Nothing has run yet.
     *
     * @throws InvalidInputException naming the field, the value and what is allowed
     */
    Simulation prepare(SimulationRequest request);
}
