package org.oncotwin.api.scene;

import java.util.List;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.PluginDescription;

/**
 * What an exporter of scenes says of itself.
 *
 * @param plugin what every plugin says; its id is the name after {@code --to}
 * @param options what its user may choose, each with a default
 */
public record SceneExporterDescription(PluginDescription plugin, List<InputDescription> options) {

    /**
     * Makes the list immutable.
     *
     * @throws IllegalArgumentException if an option has no default
     */
    public SceneExporterDescription {
        options = List.copyOf(options);
        for (InputDescription option : options) {
            if (option.defaultText().isEmpty()) {
                throw new IllegalArgumentException(
                        "option " + option.name() + " of " + plugin.id() + " has no default");
            }
        }
    }
}
