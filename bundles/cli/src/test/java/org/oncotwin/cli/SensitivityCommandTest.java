package org.oncotwin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SR-602")
class SensitivityCommandTest {
    @TempDir
    Path folder;

    private CommandLineForTests line;

    @BeforeEach
    void makeCase() throws IOException {
        line = new CommandLineForTests(folder);
    }

    private int sensitivity(String... more) {
        return line.execute(Stream.concat(
                        Stream.of("sensitivity", line.caseFile.toString(), "--of", "tumour_volume"),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }

    @Test
    void printsATableWithTheGreatestElasticityFirst() {
        assertThat(sensitivity("--at", "10")).isZero();
        assertThat(line.stdout())
                .startsWith("logistic-001: tumour.volume at day 10.0 is 27.1828 cm3")
                .containsSubsequence(
                        "PARAMETER",
                        "DERIVATIVE",
                        "ELASTICITY",
                        "METHOD",
                        "logistic proliferation",
                        "-1.0000",
                        "adjoint",
                        "logistic carrying_capacity",
                        "run differences",
                        "a remark",
                        "1.9 MiB of 2.00 GiB",
                        "1.25 runs")
                .doesNotContain("DIFFER");
        assertThat(line.stderr()).contains("differentiating 100 %").contains("repeating runs 100 %");
    }

    @Test
    void showsHowFarRepeatedRunsDiffer() {
        assertThat(sensitivity("--check")).isZero();
        assertThat(line.stdout()).contains("RUNS DIFFER BY").contains("1.0e-08");
    }

    @Test
    void printsJsonAlone() throws IOException {
        assertThat(sensitivity("--json", "--check", "--memory", "1.5 MB")).isZero();
        JsonNode json = line.json();
        assertThat(json.get("day").doubleValue()).as("the end of the run").isEqualTo(20);
        assertThat(json.get("memory_allowed").longValue()).isEqualTo(1_500_000);
        JsonNode first = json.get("parameters").get(0);
        assertThat(first.get("name").asText()).isEqualTo("proliferation");
        assertThat(first.get("method").asText()).isEqualTo("adjoint");
        assertThat(first.has("step")).isFalse();
        assertThat(first.get("relative_difference").doubleValue()).isCloseTo(1e-8, within(1e-12));
        assertThat(json.get("parameters").get(1).get("step").doubleValue()).isEqualTo(0.02);
        assertThat(line.stderr()).isEmpty();
    }

    @Test
    void writesMapsWholeOrNotAtAll() throws IOException {
        Path maps = folder.resolve("maps");
        assertThat(sensitivity("--maps", maps.toString())).isZero();
        assertThat(CommandLineForTests.names(maps)).containsExactly("initial.nii.gz", "sensitivity.json");
        assertThat(Files.readString(maps.resolve("initial.nii.gz"))).isEqualTo("0.25");
        JsonNode json =
                new ObjectMapper().readTree(maps.resolve("sensitivity.json").toFile());
        assertThat(json.get("maps").get(0).asText()).isEqualTo("initial");
        assertThat(sensitivity("--maps", maps.toString())).as("not empty").isEqualTo(2);
        assertThat(line.stderr()).contains("maps");
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        assertThat(line.execute("sensitivity", line.caseFile.toString())).isEqualTo(2);
        assertThat(line.stderr()).contains("--of").contains("tumour.burden");
        assertThat(sensitivity("--at", "21")).isEqualTo(2);
        assertThat(line.stderr()).contains("--at").contains("above 0 to 20");
        assertThat(sensitivity("--memory", "much")).isEqualTo(2);
        assertThat(line.stderr()).contains("--memory").contains("GiB");
        assertThat(sensitivity("--memory", "0GiB")).isEqualTo(2);
        assertThat(sensitivity("--threads", "0")).isEqualTo(2);
        assertThat(line.left()).containsExactly("case.json");
    }

    @Test
    void cancelledItWritesNothing() throws IOException {
        line.cancelled.set(true);
        assertThat(sensitivity("--maps", folder.resolve("maps").toString())).isEqualTo(130);
        assertThat(line.left()).containsExactly("case.json");
    }
}
