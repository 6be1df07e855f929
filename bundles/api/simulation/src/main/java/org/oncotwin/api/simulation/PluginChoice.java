package org.oncotwin.api.simulation;

import org.oncotwin.api.plugin.InvalidInputException;

/**
 * Which plugin a case wants.
 *
 * @param id id of the plugin
 * @param versions range of versions in OSGi notation, such as {@code [1,2)}; {@code 0} for any. The highest version in the range is taken
 */
public record PluginChoice(String id, String versions) {

    /** Any version. */
    public static final String ANY_VERSION = "0";

    /** Checks that both are there. */
    public PluginChoice {
        if (id.isBlank()) {
            throw new InvalidInputException("", "a plugin id is missing");
        }
    }

    /** Any version of a plugin. */
    public static PluginChoice of(String id) {
        return new PluginChoice(id, ANY_VERSION);
    }
}
