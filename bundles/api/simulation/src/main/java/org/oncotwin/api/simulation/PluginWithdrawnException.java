package org.oncotwin.api.simulation;

import java.util.Optional;
import org.oncotwin.api.plugin.PluginIdentity;

/** A plugin that a run had leased was stopped. Only this run is paused: it can go on from its last safe point once the same plugin is back. */
public class PluginWithdrawnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient PluginIdentity plugin;
    private final transient Checkpoint checkpoint;

    /** With the plugin and the last safe point; {@code null} if there is none yet. */
    public PluginWithdrawnException(PluginIdentity plugin, Checkpoint checkpoint) {
        super(plugin + " was stopped while the run used it; the run is paused at "
                + (checkpoint == null ? "its start" : checkpoint.state().time().toString())
                + " and can be resumed when " + plugin + " is back");
        this.plugin = plugin;
        this.checkpoint = checkpoint;
    }

    /** The plugin that was stopped. */
    public PluginIdentity plugin() {
        return plugin;
    }

    /** The last safe point, if the run had come to one. */
    public Optional<Checkpoint> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }
}
