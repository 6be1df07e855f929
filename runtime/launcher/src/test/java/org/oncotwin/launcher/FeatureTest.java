package org.oncotwin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureTest {
    @TempDir
    Path folder;

    private Feature read(String json) throws Exception {
        Path file = folder.resolve("feature.json");
        Files.writeString(file, json);
        return Feature.read(file);
    }

    @Test
    void readsBundlesAndConfigurationsInOrder() throws Exception {
        Feature feature = read("""
                {
                  // comments are allowed
                  "feature-resource-version": "1.0",
                  "id": "org.example:feature:1",
                  "bundles": [ { "id": "g:b:2" }, { "id": "g:a:1.5", "hash": "x" }, { "id": "g:c:jar:linux:1" } ],
                  "configurations": {
                    "plain": { "text": "a", "whole": 1, "real": 1.5, "truth": true, "list": [1, 2] },
                    "factory~one": { "threads:Integer": 2, "names:String[]": [], "rates:Double[]": [1, 2.5] }
                  }
                }
                """);
        assertThat(feature.name()).isEqualTo("org.example:feature:1");
        assertThat(feature.bundles())
                .extracting(ArtifactId::fileName)
                .containsExactly("b-2.jar", "a-1.5.jar", "c-1-linux.jar");
        FeatureConfiguration plain = feature.configurations().get(0);
        assertThat(plain.pid()).isEqualTo("plain");
        assertThat(plain.name()).isEmpty();
        assertThat(plain.properties())
                .containsEntry("text", "a")
                .containsEntry("whole", 1L)
                .containsEntry("real", 1.5)
                .containsEntry("truth", true)
                .containsEntry("list", new Long[] {1L, 2L});
        FeatureConfiguration factory = feature.configurations().get(1);
        assertThat(factory.pid()).isEqualTo("factory");
        assertThat(factory.name()).isEqualTo(Optional.of("one"));
        assertThat(factory.properties())
                .containsEntry("threads", 2)
                .containsEntry("names", new String[0])
                .containsEntry("rates", new Double[] {1.0, 2.5});
    }

    @Test
    void oneFeatureAddsToAnother() throws Exception {
        Feature first = read("{'id': 'g:first:1', 'bundles': [{'id': 'g:a:1'}]}".replace('\'', '"'));
        Feature second = read("{'id': 'g:second:1', 'bundles': [{'id': 'g:b:1'}]}".replace('\'', '"'));
        assertThat(first.and(second).bundles()).extracting(ArtifactId::artifact).containsExactly("a", "b");
        assertThat(first.and(second).id()).isEqualTo("g:first:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'bundles': []}                                            | id is 'null', allowed is a text",
                "{'id': 'g:a'}                                              | 'g:a' is not group:artifact",
                "{'id': 'g:a:1'}                                            | bundles is 'null', allowed is a list",
                "{'id': 'g:a:1', 'bundles': ['g:b:1']}                      | bundles[0] is 'g:b:1', allowed is an object",
                "{'id': 'g:a:1', 'bundles': [{'id': 'g:../b:1'}]}           | 'g:../b:1' is not group:artifact",
                "{'id': 'g:a:1', 'bundles': [], 'variables': {}}            | unknown or unsupported key 'variables'",
                "{'id': 'g:a:1', 'bundles': [], 'feature-resource-version': '2.0'} | allowed is 1.0",
                "{'id': 'g:a:1', 'bundles': [], 'configurations': {'p': 1}} | configurations.p is '1'",
                "{'id': 'g:a:1', 'bundles': [], 'configurations': {'p': {'k:Integer': 'x'}}} | configurations.p.k:Integer is 'x': allowed is a whole number of 32 bits",
                "{'id': 'g:a:1', 'bundles': [], 'configurations': {'p': {'k:Colour': 'x'}}} | the type 'Colour' is unknown",
                "{'id': 'g:a:1', 'bundles': [], 'configurations': {'p': {'k:Long': [1]}}} | a list needs a type that ends with []",
                "{'id': 'g:a:1', 'bundles': [], 'configurations': {'p': {'k': {}}}} | configurations.p.k is '{}'",
                "{'id': 'g:a:1', 'bundles': [}                              | is not JSON",
                "{'id': 'g:a:1', 'id': 'g:a:2', 'bundles': []}              | is not JSON: Duplicate field 'id'"
            })
    void namesWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith("feature feature.json")
                .hasMessageContaining(message);
    }

    @Test
    void aMissingFileIsSaidSo() {
        assertThatThrownBy(() -> Feature.read(folder.resolve("absent.json")))
                .isInstanceOf(LaunchException.class)
                .hasMessage("feature absent.json is missing");
    }
}
