package org.oncotwin.tests.traceability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that the list tells what is delivered, and that each fault is found. */
@Tag("SR-806")
final class SoupListTest {

    private static final String WATER = "{\"license\": {\"id\": \"MIT\"}}";

    @TempDir
    private Path folder;

    private final List<String> components = new ArrayList<>();
    private final List<String> dependencies = new ArrayList<>();
    private final List<String> entries = new ArrayList<>();

    private SoupListTest component(String group, String name, String query, String licences, String sha256) {
        components.add("{\"bom-ref\": \"" + name + query + "\", \"group\": \"" + group + "\", \"name\": \"" + name
                + "\", \"version\": \"1.2\", \"purl\": \"pkg:maven/" + group + "/" + name + "@1.2?" + query
                + "\", \"licenses\": [" + licences + "], \"hashes\": [{\"alg\": \"MD5\", \"content\": \"0\"},"
                + " {\"alg\": \"SHA-256\", \"content\": \"" + sha256 + "\"}]}");
        return this;
    }

    /** A component that the pump uses. */
    private SoupListTest used(String group, String name, String licences, String sha256) {
        if (components.isEmpty()) {
            component("org.oncotwin", "org.oncotwin.pump", "", WATER, "1");
        }
        return component(group, name, "", licences, sha256).uses("org.oncotwin.pump", name);
    }

    private SoupListTest uses(String user, String used) {
        dependencies.add("{\"ref\": \"" + user + "\", \"dependsOn\": [\"" + used + "\"]}");
        return this;
    }

    private SoupListTest entry(String key, String licence, String more) {
        entries.add("{\"key\": \"" + key + "\", \"title\": \"Water\", \"manufacturer\": \"Spring\", \"licence\": \""
                + licence + "\", \"purpose\": \"It flows, and does so downwards.\", \"needs\": \"a pipe\","
                + " \"anomalies\": \"https://example.org/faults\"" + more + "}");
        return this;
    }

    private SoupList list(Map<String, String> files) throws IOException {
        Files.writeString(
                folder.resolve("bill.json"),
                "{\"components\": [" + String.join(",", components) + "], \"dependencies\": ["
                        + String.join(",", dependencies) + "]}");
        Files.writeString(
                folder.resolve("soup.json"),
                "{\"licences\": [\"MIT\", \"BSD-3-Clause\"], \"delivered\": [" + String.join(",", entries)
                        + "], \"environment\": [{\"key\": \"ground\", \"title\": \"Ground\", \"manufacturer\": \"Earth\","
                        + " \"version\": \"any\", \"licence\": \"CC0-1.0\", \"purpose\": \"It carries what stands on it.\","
                        + " \"needs\": \"a star\", \"anomalies\": \"https://example.org/quakes\"}]}");
        Files.copy(
                Path.of("..", "..", "docs", "requirements", "soup.schema.json"),
                folder.resolve("soup.schema.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return SoupList.of(BillOfMaterials.read(folder.resolve("bill.json")), SoupRegister.read(folder), files);
    }

    @Test
    void tellsVersionUsersFileAndHash() throws Exception {
        SoupList list = component("org.oncotwin", "org.oncotwin.pump", "", WATER, "1")
                .component("a", "water", "os=linux", WATER, "2")
                .component("a", "water", "os=windows", WATER, "3")
                .component("a", "pipe", "", WATER, "4")
                .uses("everything", "wateros=linux")
                .uses("org.oncotwin.pump", "pipe")
                .uses("pipe", "wateros=linux")
                .uses("pipe", "wateros=windows")
                .entry("a:water", "MIT", "")
                .entry("a:pipe", "MIT", "")
                .list(Map.of("2", "bundles/water-1.2.jar"));
        assertThat(list.problems()).isEmpty();
        assertThat(list.items())
                .extracting(SoupList.Item::title)
                .containsExactly("Water", "Water (os=linux)", "Water (os=windows)");
        SoupList.Item water = list.items().get(1);
        assertThat(water.component().version()).isEqualTo("1.2");
        assertThat(water.users()).containsExactly("org.oncotwin.pump");
        assertThat(water.through()).containsExactly("pipe");
        assertThat(water.file()).isEqualTo("bundles/water-1.2.jar");
        assertThat(water.component().sha256()).isEqualTo("2");
    }

    @Test
    void whatNobodyHasDescribedIsAFault() throws Exception {
        assertThat(used("a", "water", WATER, "2").list(Map.of()).problems())
                .containsExactly("a:water 1.2: it is in the bill of materials and not in soup.json");
    }

    @Test
    void whatIsDescribedAndNotThereOrTwiceIsAFault() throws Exception {
        assertThat(used("a", "water", WATER, "2")
                        .entry("a:water", "MIT", "")
                        .entry("a:water", "MIT", "")
                        .entry("a:wine", "MIT", "")
                        .list(Map.of())
                        .problems())
                .containsExactly(
                        "a:water: it is there twice", "a:wine: it is in soup.json and not in the bill of materials");
    }

    @Test
    void whatNobodyUsesIsAFaultUnlessTheFrameworkBringsItTogether() throws Exception {
        component("org.oncotwin", "org.oncotwin.pump", "", WATER, "1")
                .component("a", "water", "", WATER, "2")
                .component("a", "wine", "", WATER, "3")
                .component("a", "milk", "", WATER, "4")
                .entry("a:water", "MIT", "")
                .entry("a:wine", "MIT", ", \"users\": [\"org.oncotwin.pump\"]")
                .entry("a:milk", "MIT", ", \"users\": [\"org.oncotwin.cow\"]");
        SoupList list = list(Map.of());
        assertThat(list.problems())
                .containsExactly(
                        "a:milk: there is no software item org.oncotwin.cow", "a:water: no software item uses it");
        assertThat(list.items().get(2).users()).containsExactly("org.oncotwin.pump");
    }

    @Test
    void aLicenceThatIsNotAllowedIsAFault() throws Exception {
        assertThat(used("a", "water", "{\"license\": {\"id\": \"GPL-3.0-only\"}}", "2")
                        .entry("a:water", "GPL-3.0-only", "")
                        .list(Map.of())
                        .problems())
                .containsExactly("a:water: the licence GPL-3.0-only is not allowed");
    }

    @Test
    void aLicenceThatHasChangedIsAFaultAndAnotherWordForItIsNot() throws Exception {
        String named = "{\"license\": {\"name\": \"The BSD Licence\"}}, " + WATER;
        assertThat(used("a", "water", named, "2")
                        .used("a", "wine", named, "3")
                        .entry("a:water", "BSD-3-Clause", ", \"stated\": \"MIT / The BSD Licence\"")
                        .entry("a:wine", "BSD-3-Clause", "")
                        .list(Map.of())
                        .problems())
                .containsExactly(
                        "a:wine: the bill of materials states the licence MIT / The BSD Licence, soup.json expects BSD-3-Clause");
    }

    @Test
    void aDeliveredFileThatTheBillDoesNotListIsAFault() throws Exception {
        assertThat(list(Map.of("9", "bundles/stowaway.jar")).problems())
                .containsExactly("bundles/stowaway.jar: it is delivered and not in the bill of materials");
    }

    @Test
    void entriesThatLackSomethingAreRefused() {
        assertThatThrownBy(
                        () -> entry("a:water", "MIT", ", \"smell\": \"none\"").list(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("soup.json", "smell");
    }

    @Test
    void equalListsGiveEqualDocuments() throws Exception {
        SoupList list = component("a", "water", "", WATER, "2f")
                .entry("a:water", "MIT", "")
                .list(Map.of("9", "stowaway.jar"));
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        new SoupDocuments(list).write(one);
        new SoupDocuments(list(Map.of("9", "stowaway.jar"))).write(two);
        for (String file : List.of("soup.html", "soup.csv", "soup.json")) {
            assertThat(two.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
        }
        assertThat(Files.readString(one.resolve("soup.html")))
                .contains(
                        "<b>1</b>in the bill of materials",
                        "<b>Water</b> 1.2<br>Spring",
                        "2f",
                        "https://example.org/faults",
                        "Ground")
                .contains("stowaway.jar: it is delivered")
                .doesNotContain("src=");
        assertThat(Files.readString(one.resolve("soup.csv")))
                .startsWith("key,title,manufacturer,version,")
                .contains(
                        "a:water,Water,Spring,1.2,MIT,,\"It flows, and does so downwards.\",a pipe,", "ground,Ground");
        assertThat(CheckedJson.MAPPER
                        .readTree(Files.readString(one.resolve("soup.json")))
                        .at("/delivered/0/sha256")
                        .asText())
                .isEqualTo("2f");
    }
}
