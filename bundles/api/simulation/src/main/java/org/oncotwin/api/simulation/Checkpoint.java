package org.oncotwin.api.simulation;

import java.util.List;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.State;

/**
 * All that is needed to go on with a run: its state just after the effects at its time, and the outputs so far.
 *
 * @param requestHash hash of the request; a checkpoint resumes the run that made it and no other
 * @param plugins the plugins that made the state
 * @param state the state
 * @param trajectory the outputs so far
 */
public record Checkpoint(String requestHash, List<PluginIdentity> plugins, State state, Trajectory trajectory) {

    /** Makes the list immutable. */
    public Checkpoint {
        plugins = List.copyOf(plugins);
    }
}
