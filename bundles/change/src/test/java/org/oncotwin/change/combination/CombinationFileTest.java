package org.oncotwin.change.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginKind;

@Tag("SR-1002")
class CombinationFileTest {

    static final String GOOD = """
            {
              // A comment, as the chapter allows.
              "feature-resource-version": "1.0",
              "id": "org.example:brain:1.0.0",
              "name": "Brain",
              "bundles": [ { "id": "org.example:growth.model:1.2.0" }, { "id": "org.example:radiation:2.0.1" } ],
              "extensions": { "oncotwin-combination": { "type": "json", "kind": "mandatory", "json": {
                "title": "Glioma",
                "plugins": [ { "kind": "growth", "id": "logistic", "versions": "[1.0,2)" },
                             { "kind": "treatment", "id": "radiation-lq", "versions": "2" } ],
                "plan": "plan.json" } } }
            }
            """;

    private static CombinationFile read(String text) {
        return CombinationFile.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAllThatItSays() {
        CombinationFile file = read(GOOD);
        assertThat(file.name()).isEqualTo("brain");
        assertThat(file.title()).isEqualTo("Glioma");
        assertThat(file.bundles()).containsExactly("growth.model-1.2.0.jar", "radiation-2.0.1.jar");
        assertThat(file.plan()).contains("plan.json");
        assertThat(file.plugins().get(0).kind()).isEqualTo(PluginKind.GROWTH);
        assertThat(file.plugins().get(0).versions()).hasToString("[1.0.0,2.0.0)");
        assertThat(file.plugins().get(1).words()).isEqualTo("treatment radiation-lq");
        assertThat(read(GOOD.replace(",\n    \"plan\": \"plan.json\"", "")).plan())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"name\": \"Brain\" | \"nmae\": \"Brain\" | nmae: is unknown; there are [SCM, bundles, categories",
                "\"id\": \"org.example:brain:1.0.0\", |  | id: is missing",
                "org.example:brain:1.0.0 | brain | id: 'brain' is not allowed; allowed is groupId:name:version",
                "org.example:brain:1.0.0 | org.example:Brain:1 | id: 'org.example:Brain:1' is not allowed; allowed is",
                "\"id\": \"org.example:brain:1.0.0\" | \"id\": 7 | id: 7 is not allowed; allowed is a text",
                "org.example:growth.model:1.2.0 | growth | bundles[0].id: 'growth' is not allowed; allowed is groupId:artifactId:version",
                "org.example:growth.model:1.2.0 | a:../../x:1 | bundles[0].id: 'a:../../x:1' is not allowed",
                "org.example:radiation:2.0.1 | org.example:growth.model:1.2.0 | bundles[1].id: 'org.example:growth.model:1.2.0' is listed before; allowed is once",
                "\"title\": \"Glioma\", |  | extensions.oncotwin-combination.json.title: is missing",
                "\"title\": \"Glioma\" | \"title\": \" \" | extensions.oncotwin-combination.json.title: \" \" is not allowed; allowed is a text",
                "\"title\": \"Glioma\" | \"titel\": \"Glioma\" | extensions.oncotwin-combination.json.titel: is unknown; there are [plan, plugins, title]",
                "\"kind\": \"growth\" | \"kind\": \"growht\" | extensions.oncotwin-combination.json.plugins[0].kind: 'growht' is not allowed; allowed are growth, treatment, solver",
                "\"kind\": \"growth\" | \"kind\": \"export\" | plugins[0].kind: 'export' is not allowed; allowed are growth, treatment, solver (exporters take no part",
                "\"id\": \"logistic\" | \"id\": \"Logistic\" | plugins[0].id: 'Logistic' is not allowed; allowed are lower-case words joined by hyphens",
                "\"id\": \"logistic\" | \"ids\": \"logistic\" | plugins[0].ids: is unknown; there are [id, kind, versions]",
                "[1.0,2) | [1.0,x) | plugins[0].versions: '[1.0,x)' is not a version range; write for example [1.0,2)",
                "[1.0,2) | [3,2) | plugins[0].versions: no version is in '[3,2)'; write for example [1.0,2)",
                "\"kind\": \"treatment\", \"id\": \"radiation-lq\" | \"kind\": \"growth\", \"id\": \"logistic\" | plugins[1]: the growth model logistic is listed before",
                "plan.json | ../plan.json | extensions.oncotwin-combination.json.plan: '../plan.json' must be a file beside the feature file",
                "oncotwin-combination | other | extensions.oncotwin-combination: is missing",
                "\"json\": { | \"text\": { | extensions.oncotwin-combination.json: is missing",
            })
    void everyErrorNamesTheKeyTheValueAndWhatIsAllowed(String from, String to, String message) {
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> read(GOOD.replace(from, to == null ? "" : to)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void listsAndObjectsMustBeOnes() {
        String extension = "{\"id\": \"a:b:1\", \"bundles\": [{\"id\": \"a:b:1\"}],"
                + " \"extensions\": {\"oncotwin-combination\": {\"json\": %s}}}";
        assertThatThrownBy(() -> read("[]")).hasMessage("must be a JSON object");
        assertThatThrownBy(() -> read("")).hasMessage("must be a JSON object");
        assertThatThrownBy(() -> read("{\"id\": \"a:b:1\", \"bundles\": \"x\"}"))
                .hasMessage("extensions: is missing");
        assertThatThrownBy(() ->
                        read(extension.replace("[{\"id\": \"a:b:1\"}]", "\"x\"").replace("%s", "{\"title\": \"t\"}")))
                .hasMessage("bundles: must be a list");
        assertThatThrownBy(() ->
                        read(extension.replace("{\"id\": \"a:b:1\"}]", "]").replace("%s", "{\"title\": \"t\"}")))
                .hasMessage("bundles: lists no bundle");
        assertThatThrownBy(() -> read(extension.replace("%s", "7")))
                .hasMessage("extensions.oncotwin-combination.json: must be an object");
        assertThatThrownBy(() -> read(extension.replace("%s", "{\"title\": \"t\", \"plugins\": {}}")))
                .hasMessage("extensions.oncotwin-combination.json.plugins: must be a list");
        assertThatThrownBy(() -> read(extension.replace("%s", "{\"title\": \"t\", \"plugins\": []}")))
                .hasMessage("extensions.oncotwin-combination.json.plugins: lists no plugin");
        assertThatThrownBy(() -> read(extension.replace("%s", "{\"title\": \"t\", \"plugins\": [1]}")))
                .hasMessage("extensions.oncotwin-combination.json.plugins[0]: must be an object");
    }

    @Test
    void whatIsNotJsonIsSaidWithItsLine() {
        assertThatThrownBy(() -> read("{\n\"id\": }"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not JSON")
                .hasMessageContaining("in line 2");
        assertThatThrownBy(() -> read("{\"id\": \"a:b:1\", \"id\": \"a:b:2\"}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Duplicate field 'id'");
        assertThatThrownBy(() -> read(GOOD + "{}")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> CombinationFile.read(new byte[] {0, 0, 0x7f, 0x7f, 1}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not JSON");
        assertThatThrownBy(() -> CombinationFile.read(new byte[] {'{', '"', (byte) 0xff, '"'}))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void titleThatTheTablesCannotKeepIsRefused() {
        assertThatThrownBy(() -> read(GOOD.replace("Glioma", "g".repeat(501))))
                .hasMessage("extensions.oncotwin-combination.json.title: has 501 characters; allowed are 500");
        assertThat(read(GOOD.replace("Glioma", "g".repeat(500))).title()).hasSize(500);
    }
}
