package org.oncotwin.api.simulation;

import java.util.List;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.State;

/**
 * All that is needed to go on with a run: its state just after the effects at its time, and the outputs so far.
 *
 * @param requestHash hash of the request; a checkpoint resumes the run that made it and no other * @param plugins the plugins that own the state, and the solvers that they used last
 * @param earlier versions that had a part in the state before these
 * @param solvers what was asked of solvers so far
 * @param history what a reader must know about how the state came about, such as that a plugin was upgraded on the way
 * @param state the state
 * @param trajectory the outputs so far
 */
public record Checkpoint(
        String requestHash,
        List<PluginIdentity> plugins,
        List<PluginIdentity> earlier,
        List<SolverUse> solvers,
        List<String> history,
        State state,
        Trajectory trajectory) {

    /** Makes the list immutable. */
    public Checkpoint {
        plugins = List.copyOf(plugins);
        earlier = List.copyOf(earlier);
        solvers = List.copyOf(solvers);
        history = List.copyOf(history);
    }
}
