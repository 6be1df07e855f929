package org.oncotwin.launcher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A deployable combination: bundles, in the order in which they start, and their configuration.
 *
 * <p>The file format is that of the OSGi Compendium 8.1, chapter 159 (Feature Service). Variables and extensions are not
 * used here and are refused rather than ignored.
 *
 * @param id coordinates of the feature itself
 * @param name name for people, or the coordinates if there is none
 * @param bundles the bundles, in the order of the file
 * @param configurations the configurations, in the order of the file
 */
record Feature(String id, String name, List<ArtifactId> bundles, List<FeatureConfiguration> configurations) {
    private static final String VERSION = "1.0";
    /** Chapter 159.2 allows comments; a key written twice is a mistake that must not pass unseen. */
    private static final JSON FORMAT = JSON.builder(JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

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
            "configurations");

    Feature {
        bundles = List.copyOf(bundles);
        configurations = List.copyOf(configurations);
    }

    /**
     * Reads a feature.
     *
     * @throws LaunchException if the file is missing, is not JSON, or says something that this launcher does not do; the
     *     message names the file and the key
     */
    static Feature read(Path file) throws LaunchException {
        String label = String.valueOf(file.getFileName());
        try {
            return of(FORMAT.mapFrom(Files.readString(file)));
        } catch (NoSuchFileException missing) {
            throw LaunchException.installation("feature " + label + " is missing", missing);
        } catch (JsonProcessingException malformed) {
            throw LaunchException.installation(
                    "feature " + label + " is not JSON: " + malformed.getOriginalMessage() + " in line "
                            + malformed.getLocation().getLineNr(),
                    malformed);
        } catch (IOException | IllegalArgumentException unusable) {
            throw LaunchException.installation("feature " + label + ": " + unusable.getMessage(), unusable);
        }
    }

    /** Both features as one: the bundles and configurations of this one first. */
    Feature and(Feature addition) {
        return new Feature(
                id, name, concat(bundles, addition.bundles), concat(configurations, addition.configurations));
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Feature of(Map<String, Object> json) {
        for (String key : json.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown or unsupported key '" + key + "'");
            }
        }
        Object version = json.getOrDefault("feature-resource-version", VERSION);
        if (!VERSION.equals(version)) {
            throw new IllegalArgumentException("feature-resource-version is '" + version + "', allowed is " + VERSION);
        }
        String id = text(json, "id", null);
        ArtifactId.parse(id);
        return new Feature(id, text(json, "name", id), bundles(json.get("bundles")), configurations(json));
    }

    private static String text(Map<String, Object> json, String key, String otherwise) {
        Object value = json.getOrDefault(key, otherwise);
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(key + " is '" + value + "', allowed is a text");
    }

    private static List<ArtifactId> bundles(Object json) {
        if (!(json instanceof List<?> entries)) {
            throw new IllegalArgumentException("bundles is '" + json + "', allowed is a list");
        }
        List<ArtifactId> bundles = new ArrayList<>();
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> map) || !(map.get("id") instanceof String id)) {
                throw new IllegalArgumentException(
                        "bundles[" + bundles.size() + "] is '" + entry + "', allowed is an object with an id");
            }
            bundles.add(ArtifactId.parse(id));
        }
        return bundles;
    }

    private static List<FeatureConfiguration> configurations(Map<String, Object> json) {
        Object value = json.getOrDefault("configurations", Map.of());
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("configurations is '" + value + "', allowed is an object");
        }
        List<FeatureConfiguration> configurations = new ArrayList<>();
        map.forEach((pid, properties) -> configurations.add(FeatureConfiguration.of((String) pid, properties)));
        return configurations;
    }
}
