package org.oncotwin.tests.traceability;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What CycloneDX found that the distribution is made of.
 *
 * @param components all of them, by group, name and variant
 */
record BillOfMaterials(List<Component> components) {

    /**
     * A component.
     *
     * @param key group and name, with a colon
     * @param variant what distinguishes several files of it, such as an operating system; empty if there is one only
     * @param licence as its supplier states it; several with a slash between
     * @param sha256 of its file
     * @param users names of components that depend on it themselves
     */
    record Component(String key, String variant, String version, String licence, String sha256, Set<String> users) {

        String group() {
            return key.substring(0, key.indexOf(':'));
        }
    }

    BillOfMaterials {
        components = List.copyOf(components);
    }

    static BillOfMaterials read(Path file) throws IOException {
        JsonNode json = CheckedJson.MAPPER.readTree(Files.readString(file));
        Map<String, Set<String>> users = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        json.get("components")
                .forEach(component -> names.put(
                        component.get("bom-ref").asText(), component.get("name").asText()));
        for (JsonNode dependency : json.get("dependencies")) {
            // What puts everything together uses everything; that tells nothing.
            String user = names.get(dependency.get("ref").asText());
            if (user != null) {
                dependency.path("dependsOn").forEach(used -> users.computeIfAbsent(
                                used.asText(), key -> new TreeSet<>())
                        .add(user));
            }
        }
        List<Component> components = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Set<String> several = new HashSet<>();
        for (JsonNode component : json.get("components")) {
            if (!seen.add(key(component))) {
                several.add(key(component));
            }
        }
        for (JsonNode component : json.get("components")) {
            components.add(new Component(
                    key(component),
                    several.contains(key(component)) ? variant(component) : "",
                    component.get("version").asText(),
                    licence(component),
                    sha256(component),
                    users.getOrDefault(component.get("bom-ref").asText(), Set.of())));
        }
        components.sort(java.util.Comparator.comparing(Component::key).thenComparing(Component::variant));
        return new BillOfMaterials(components);
    }

    private static String key(JsonNode component) {
        return component.path("group").asText() + ":" + component.get("name").asText();
    }

    /** The qualifiers of the package URL. */
    private static String variant(JsonNode component) {
        String url = component.path("purl").asText();
        return url.substring(url.indexOf('?') + 1);
    }

    private static String licence(JsonNode component) {
        Set<String> licences = new TreeSet<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            licences.add(
                    choice.has("expression")
                            ? choice.get("expression").asText()
                            : licence.path("id").asText(licence.path("name").asText()));
        }
        return String.join(" / ", licences);
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.get("alg").asText().equals("SHA-256")) {
                return hash.get("content").asText();
            }
        }
        return "";
    }
}
