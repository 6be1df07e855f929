package org.oncotwin.api.scene;

import java.util.List;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.InputDescription.Kind;
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
     * @throws IllegalArgumentException if an option has no default, or is an image or a drug
     */
    public SceneExporterDescription {
        options = List.copyOf(options);
        for (InputDescription option : options) {
            if (option.kind() == Kind.IMAGE || option.kind() == Kind.DRUG) {
                throw new IllegalArgumentException("option " + option.name() + " of " + plugin.id() + " is of kind "
                        + option.kind() + "; allowed are quantities, counts, numbers, choices and words");
            }
            if (option.defaultText().isEmpty()) {
                throw new IllegalArgumentException(
                        "option " + option.name() + " of " + plugin.id() + " has no default");
            }
        }
    }
}
