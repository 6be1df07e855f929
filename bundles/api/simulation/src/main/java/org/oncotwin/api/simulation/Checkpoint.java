package org.oncotwin.api.simulation;

import java.util.List;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.State;

/**
 * All that is needed to go on with a run: its state just after the effects at its time, and the outputs so far.
 *
 * @param requestHash hash of the request; a checkpoint resumes the run that made it and no other * @param plugins the plugins and solvers that made the state, each version that had a part in it
 * @param solvers what was asked of solvers so far
 * @param history what a reader must know about how the state came about, such as that a plugin was upgraded on the way
 * @param state the state
 * @param trajectory the outputs so far
 */
public record Checkpoint(
        String requestHash,
        List<PluginIdentity> plugins,
        List<SolverUse> solvers,
        List<String> history,
        State state,
        Trajectory trajectory) {

    /** Makes the list immutable. */
    public Checkpoint {
        plugins = List.copyOf(plugins);
        solvers = List.copyOf(solvers);
        history = List.copyOf(history);
    }
}
