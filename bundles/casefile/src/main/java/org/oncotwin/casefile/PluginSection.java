package org.oncotwin.casefile;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.simulation.PluginCatalogue.Entry;
import org.oncotwin.api.simulation.PluginChoice;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Reads which plugin an object of a case wants.
 *
 * @param choice the choice as written
 * @param entry the plugin that it means now
 * @param <D> description of a kind of plugin
 */
record PluginSection<D>(PluginChoice choice, Entry<D> entry) {
    /**
     * Reads a choice.
     *
     * @param key key of the plugin's id
     * @param kind what it is, for messages
     * @param entries the plugins there are, highest version first
     * @param description what every plugin says of itself
     */
    static <D> Optional<PluginSection<D>> read(
            CaseObject object,
            String key,
            String kind,
            List<Entry<D>> entries,
            Function<D, PluginDescription> description) {
        Optional<String> id = object.requiredText(key, "the id of a " + kind);
        String range =
                object.text("version", "a range of versions, such as \"[1,2)\"").orElse(PluginChoice.ANY_VERSION);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        List<Entry<D>> versions = entries.stream()
                .filter(e -> description.apply(e.description()).id().equals(id.get()))
                .toList();
        if (versions.isEmpty()) {
            List<String> known = entries.stream()
                    .map(e -> description.apply(e.description()).id())
                    .distinct()
                    .sorted()
                    .toList();
            object.problem(key, "no " + kind + " '" + Words.shown(id.get()) + "'; " + Words.known(id.get(), known));
            return Optional.empty();
        }
        VersionRange wanted;
        try {
            wanted = VersionRange.valueOf(range);
        } catch (IllegalArgumentException malformed) {
            object.problem(
                    "version",
                    "'" + Words.shown(range)
                            + "' is not a range of versions; allowed are \"[1,2)\" (from 1, before 2), \"1.2\" (1.2 or later) and \"[1.2.0,1.2.0]\" (this one)");
            return Optional.empty();
        }
        Optional<Entry<D>> found = versions.stream()
                .filter(e -> wanted.includes(Version.parseVersion(e.identity().version())))
                .findFirst();
        if (found.isEmpty()) {
            object.problem(
                    "version",
                    "no version of " + id.get() + " is in " + Words.shown(range) + "; there are "
                            + String.join(
                                    ", ",
                                    versions.stream()
                                            .map(e -> e.identity().version())
                                            .toList()));
        }
        return found.map(e -> new PluginSection<>(new PluginChoice(id.get(), range), e));
    }
}
