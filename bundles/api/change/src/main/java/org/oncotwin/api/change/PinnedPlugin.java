package org.oncotwin.api.change;

import org.oncotwin.api.plugin.PluginIdentity;

/**
 * A plugin of a combination.
 *
 * @param plugin which one, to the bit
 * @param versions range within which a change may move it, in OSGi notation
 */
public record PinnedPlugin(PluginIdentity plugin, String versions) {}
