package org.oncotwin.api.simulation;

import java.util.function.Predicate;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
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

    /**
     * As {@link #prepare(SimulationRequest)}, from a part of the plugins that are there, such as those of one combination: the others do not exist for this run.
     *
     * @param visible which plugins, solvers included, the run may use
     */
    Simulation prepare(SimulationRequest request, Predicate<PluginIdentity> visible);
}
