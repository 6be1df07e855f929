package org.oncotwin.tests.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Parent and versions of the SDK have no parent, so that they repeat what the reactor says; here the two are kept equal. */
@Tag("SR-708")
class SdkVersionsTest {

    private static final Set<String> CONTRACTS_OF_A_SITE = Set.of(
            "org.oncotwin.api.account",
            "org.oncotwin.api.audit",
            "org.oncotwin.api.change",
            "org.oncotwin.api.patient",
            "org.oncotwin.api.store");

    private static final Path CHECKOUT = Path.of("..", "..");

    private static Element project(String path) throws Exception {
        return InstalledSdk.parse(CHECKOUT.resolve(path)).getDocumentElement();
    }

    private static Element into(Element element, String... names) {
        Element current = element;
        for (String name : names) {
            current = InstalledSdk.child(current, name).orElseThrow();
        }
        return current;
    }

    /** Version by artifact, with properties put in. */
    private static Map<String, String> versions(Element project, Element list) {
        Map<String, String> properties = new TreeMap<>();
        InstalledSdk.child(project, "properties").ifPresent(all -> InstalledSdk.children(all)
                .forEach(p -> properties.put(p.getTagName(), p.getTextContent().trim())));
        properties.put("project.version", InstalledSdk.text(project, "version"));
        Map<String, String> versions = new TreeMap<>();
        InstalledSdk.children(list).forEach(each -> {
            String version = InstalledSdk.text(each, "version");
            for (Map.Entry<String, String> property : properties.entrySet()) {
                version = version.replace("${" + property.getKey() + "}", property.getValue());
            }
            if (!version.isEmpty()) {
                versions.put(InstalledSdk.text(each, "artifactId"), version);
            }
        });
        return versions;
    }

    private static boolean isContract(String artifact) {
        return artifact.startsWith("org.oncotwin.api.");
    }

    @Test
    void bomAgreesWithTheReactor() throws Exception {
        Element root = project("pom.xml");
        Element bom = project("bundles/sdk/bom/pom.xml");
        Map<String, String> reactor = versions(root, into(root, "dependencyManagement", "dependencies"));
        Map<String, String> sdk = versions(bom, into(bom, "dependencyManagement", "dependencies"));
        assertThat(sdk).isNotEmpty();
        assertThat(reactor).containsAllEntriesOf(sdk);
        assertThat(sdk.keySet().stream().filter(SdkVersionsTest::isContract))
                .as("every contract is in the BOM but those of a site, which no plugin uses")
                .containsExactlyInAnyOrderElementsOf(reactor.keySet().stream()
                        .filter(SdkVersionsTest::isContract)
                        .filter(name -> !CONTRACTS_OF_A_SITE.contains(name))
                        .toList());
        assertThat(reactor.keySet()).containsAll(CONTRACTS_OF_A_SITE);
        assertThat(InstalledSdk.text(bom, "version")).isEqualTo(InstalledSdk.text(root, "version"));
    }

    @Test
    void pluginsOfTheParentAgreeWithTheReactor() throws Exception {
        Element root = project("pom.xml");
        Element parent = project("bundles/sdk/parent/pom.xml");
        Map<String, String> reactor = versions(root, into(root, "build", "pluginManagement", "plugins"));
        Map<String, String> sdk = versions(parent, into(parent, "build", "pluginManagement", "plugins"));
        assertThat(sdk).containsKeys("bnd-maven-plugin", "maven-failsafe-plugin");
        reactor.keySet().retainAll(sdk.keySet());
        assertThat(sdk).containsAllEntriesOf(reactor);
        assertThat(InstalledSdk.text(into(parent, "properties"), "oncotwin.version"))
                .isEqualTo(InstalledSdk.text(parent, "version"))
                .isEqualTo(InstalledSdk.text(root, "version"));
    }
}
