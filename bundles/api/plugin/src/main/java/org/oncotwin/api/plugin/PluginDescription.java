package org.oncotwin.api.plugin;

import java.util.List;

/**
 * What every plugin says of itself. Its version is that of its bundle, so that the two cannot differ.
 *
 * @param id name in case files: lower-case words joined by hyphens, unique among plugins of its kind
 * @param title a few words for people
 * @param contextOfUse what it may be used for, in a sentence or two
 * @param limitations what it leaves out or must not be used for, a sentence each
 * @param parameters the numbers that it takes
 * @param references papers that it rests on
 */
public record PluginDescription(
        String id,
        String title,
        String contextOfUse,
        List<String> limitations,
        List<ParameterDescription> parameters,
        List<String> references) {

    /** Checks the id and makes the lists immutable. */
    public PluginDescription {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a plugin id is lower-case words joined by hyphens, not '" + id + "'");
        }
        limitations = List.copyOf(limitations);
        parameters = List.copyOf(parameters);
        references = List.copyOf(references);
    }
}
