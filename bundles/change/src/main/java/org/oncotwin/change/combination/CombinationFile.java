package org.oncotwin.change.combination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginKind;
import org.osgi.framework.VersionRange;

/**
 * A combination as its feature file says it (OSGi Compendium 8.1, chapter 159, with the extension {@code oncotwin-combination}).
 *
 * @param name artifact id of the feature
 * @param title a few words for people
 * @param bundles files of the bundles, {@code artifactId-version.jar}
 * @param plugins the plugins that studies may use
 * @param plan file of the change control plan, beside the feature file
 */
record CombinationFile(
        String name, String title, List<String> bundles, List<WantedPlugin> plugins, Optional<String> plan) {

    private static final String EXTENSION = "oncotwin-combination";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
    private static final Pattern ID = Pattern.compile("[^:/\\\\]+:([^:/\\\\]+):([^:/\\\\]+)");
    private static final Pattern FILE = Pattern.compile("[^/\\\\]+");
    private static final Pattern PLUGIN = Pattern.compile("[a-z0-9]++(?:-[a-z0-9]++)*+");
    private static final int LONGEST_TITLE = 500;
    /** What takes part in a run. */
    private static final List<PluginKind> KINDS = List.of(
            PluginKind.GROWTH,
            PluginKind.TREATMENT,
            PluginKind.PHARMACOKINETICS,
            PluginKind.TOXICITY,
            PluginKind.SOLVER);

    private static final Set<String> KEYS = Set.of(
            "feature-resource-version",
            "id",
            "name",
            "description",
            "vendor",
            "license",
            "docURL",
            "SCM",
            "categories",
            "complete",
            "bundles",
            "extensions");

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * A plugin that is wanted.
     *
     * @param kind what it is for
     * @param id its id
     * @param versions range of versions in OSGi notation
     */
    record WantedPlugin(PluginKind kind, String id, VersionRange versions) {

        private boolean sameAs(WantedPlugin other) {
            return kind == other.kind && id.equals(other.id);
        }

        /** Such as {@code growth model logistic}. */
        String words() {
            return CombinationFile.words(kind) + " " + id;
        }
    }

    static String words(PluginKind kind) {
        return switch (kind) {
            case GROWTH -> "growth model";
            case TREATMENT -> "treatment";
            case SOLVER -> "solver";
            case PHARMACOKINETICS -> "pharmacokinetic model";
            case TOXICITY -> "toxicity model";
            case EXPORT -> "exporter";
        };
    }

    /**
     * Reads a feature file.
     *
     * @throws InvalidInputException naming the key, the value and what is allowed
     */
    static CombinationFile read(byte[] content) {
        JsonNode root;
        try {
            root = JSON.readTree(content);
        } catch (JsonProcessingException malformed) {
            throw new InvalidInputException(
                    "",
                    "is not JSON: " + malformed.getOriginalMessage() + " in line "
                            + malformed.getLocation().getLineNr());
        } catch (IOException unreadable) {
            // Such as bytes that look like another encoding than UTF-8.
            throw new InvalidInputException("", "is not JSON: " + unreadable.getMessage());
        }
        refuseOthers(root, JsonNode::isObject, "", "must be a JSON object");
        refuseUnknown(root, KEYS, "");
        String id = text(root, "id", "");
        var coordinates = ID.matcher(id);
        if (!coordinates.matches() || !NAME.matcher(coordinates.group(1)).matches()) {
            throw new InvalidInputException(
                    "id",
                    "'" + id
                            + "' is not allowed; allowed is groupId:name:version, the name of a-z, 0-9, dot and hyphen");
        }
        JsonNode extension =
                at(at(at(root, "extensions", ""), EXTENSION, "extensions"), "json", "extensions." + EXTENSION);
        String path = "extensions." + EXTENSION + ".json";
        refuseOthers(extension, JsonNode::isObject, path, "must be an object");
        refuseUnknown(extension, Set.of("title", "plugins", "plan"), path + ".");
        Optional<String> plan =
                extension.has("plan") ? Optional.of(text(extension, "plan", path + ".")) : Optional.empty();
        if (plan.filter(FILE.asMatchPredicate()).isEmpty() && plan.isPresent()) {
            throw new InvalidInputException(
                    path + ".plan", "'" + plan.get() + "' must be a file beside the feature file");
        }
        String title = text(extension, "title", path + ".");
        if (title.length() > LONGEST_TITLE) {
            throw new InvalidInputException(
                    path + ".title", "has " + title.length() + " characters; allowed are " + LONGEST_TITLE);
        }
        return new CombinationFile(
                coordinates.group(1),
                title,
                bundles(at(root, "bundles", "")),
                plugins(at(extension, "plugins", path), path + ".plugins"),
                plan);
    }

    private static List<String> bundles(JsonNode list) {
        refuseOthers(list, JsonNode::isArray, "bundles", "must be a list");
        List<String> files = new ArrayList<>();
        for (JsonNode entry : list) {
            String path = "bundles[" + files.size() + "]";
            String id = text(entry, "id", path + ".");
            var coordinates = ID.matcher(id);
            if (!coordinates.matches()) {
                throw new InvalidInputException(
                        path + ".id", "'" + id + "' is not allowed; allowed is groupId:artifactId:version");
            }
            String file = coordinates.group(1) + "-" + coordinates.group(2) + ".jar";
            if (files.contains(file)) {
                throw new InvalidInputException(path + ".id", "'" + id + "' is listed before; allowed is once");
            }
            files.add(file);
        }
        if (files.isEmpty()) {
            throw new InvalidInputException("bundles", "lists no bundle");
        }
        return files;
    }

    private static List<WantedPlugin> plugins(JsonNode list, String where) {
        refuseOthers(list, JsonNode::isArray, where, "must be a list");
        List<WantedPlugin> plugins = new ArrayList<>();
        for (JsonNode entry : list) {
            String path = where + "[" + plugins.size() + "]";
            refuseOthers(entry, JsonNode::isObject, path, "must be an object");
            refuseUnknown(entry, Set.of("kind", "id", "versions"), path + ".");
            WantedPlugin plugin = new WantedPlugin(
                    kind(text(entry, "kind", path + "."), path + ".kind"),
                    id(text(entry, "id", path + "."), path + ".id"),
                    range(text(entry, "versions", path + "."), path + ".versions"));
            if (plugins.stream().anyMatch(plugin::sameAs)) {
                throw new InvalidInputException(
                        path, "the " + plugin.words() + " is listed before; a combination has one version of a plugin");
            }
            plugins.add(plugin);
        }
        if (plugins.isEmpty()) {
            throw new InvalidInputException(where, "lists no plugin");
        }
        return plugins;
    }

    private static PluginKind kind(String word, String path) {
        for (PluginKind kind : KINDS) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw new InvalidInputException(
                path,
                "'" + word + "' is not allowed; allowed are growth, treatment, solver (exporters take no part in a run"
                        + " and belong to no combination)");
    }

    private static String id(String text, String path) {
        if (!PLUGIN.matcher(text).matches()) {
            throw new InvalidInputException(
                    path, "'" + text + "' is not allowed; allowed are lower-case words joined by hyphens");
        }
        return text;
    }

    private static VersionRange range(String text, String path) {
        try {
            VersionRange range = new VersionRange(text);
            if (!range.isEmpty()) {
                return range;
            }
            throw new InvalidInputException(path, "no version is in '" + text + "'; write for example [1.0,2)");
        } catch (InvalidInputException ours) {
            throw ours;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    path, "'" + text + "' is not a version range; write for example [1.0,2) for 1.0 up to but not 2");
        }
    }

    private static JsonNode at(JsonNode node, String key, String path) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw new InvalidInputException(path.isEmpty() ? key : path + "." + key, "is missing");
        }
        return value;
    }

    private static String text(JsonNode node, String key, String prefix) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new InvalidInputException(prefix + key, "is missing");
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new InvalidInputException(prefix + key, value + " is not allowed; allowed is a text");
        }
        return value.textValue();
    }

    private static void refuseOthers(JsonNode node, Predicate<JsonNode> allowed, String path, String problem) {
        if (!allowed.test(node)) {
            throw new InvalidInputException(path, problem);
        }
    }

    private static void refuseUnknown(JsonNode node, Set<String> known, String prefix) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new InvalidInputException(prefix + key, "is unknown; there are " + new TreeSet<>(known));
            }
        });
    }
}
