package org.oncotwin.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Follows {@code docs/guide/write-a-plugin-in-your-own-repository.md} to the letter, and looks at what comes out of it. */
@Tag("SR-709")
class WriteAPluginInYourOwnRepositoryIT {

    @Test
    void followedLiterallyGivesASignedAndConformantPlugin() throws Exception {
        Reader reader = Reader.named("own-repository");

        String output = reader.follow(Guide.read(
                Path.of(System.getProperty("checkout"), "docs", "guide", "write-a-plugin-in-your-own-repository.md")));

        assertThat(output).contains("Exponential-linear growth", "exponential_growth_rate", "jar verified");
        Path conformance = reader.folder().resolve("org.example.model.simeoni/target/conformance");
        assertThat(new ObjectMapper()
                        .readTree(conformance.resolve("report.json").toFile())
                        .path("conformant")
                        .booleanValue())
                .isTrue();
        assertThat(conformance.resolve("report.json.sig")).isNotEmptyFile();
        JsonNode volumes = new ObjectMapper()
                .readTree(reader.folder().resolve("out/result.json").toFile())
                .path("series")
                .path("tumour.volume")
                .path("values");
        double expected = 0.01 * Math.exp(0.27 * 10);
        assertThat(volumes.get(volumes.size() - 1).doubleValue()).isCloseTo(expected, within(1e-7 * expected));
    }
}
