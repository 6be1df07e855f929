package org.oncotwin.api.change;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.plugin.PluginIdentity;

/**
 * The plugins that a site uses together. Studies of a combination see these plugins and no other.
 *
 * @param name its name
 * @param title a few words for people
 * @param revision 1 when installed, one more with each change
 * @param plugins its plugins
 * @param feature SHA-256 of the feature file that it was installed from, which is kept
 * @param plan SHA-256 of its change control plan, which is kept; without one its plugins cannot be changed, only removed with it
 */
public record Combination(
        String name, String title, int revision, List<PinnedPlugin> plugins, String feature, Optional<String> plan) {

    /** Makes the list immutable. */
    public Combination {
        plugins = List.copyOf(plugins);
    }

    /** True if studies of it may use a plugin. */
    public boolean sees(PluginIdentity plugin) {
        return plugins.stream().anyMatch(pinned -> pinned.plugin().equals(plugin));
    }
}
