package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands print, to people and to scripts. */
@Tag("SR-554")
class CommandsIT {
    private static final OncoTwin ONCOTWIN = OncoTwin.forShortCommands();

    @TempDir
    static Path folder;

    private static JsonNode json(String... arguments) throws Exception {
        OncoTwin.Outcome outcome = ONCOTWIN.run(folder, arguments).succeeds();
        assertThat(outcome.err()).isEmpty();
        return Result.JSON.readTree(outcome.out());
    }

    @Test
    void pluginsAreListedByKind() throws Exception {
        JsonNode plugins = json("plugins", "--json");
        assertThat(plugins.get("growth"))
                .extracting(p -> p.get("id").textValue())
                .contains("gompertz", "logistic", "reaction-diffusion");
        assertThat(plugins.get("treatment"))
                .extracting(p -> p.get("id").textValue())
                .contains("radiation-lq");
        assertThat(plugins.get("solver"))
                .extracting(p -> p.get("id").textValue())
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(plugins.get("export"))
                .extracting(p -> p.get("id").textValue())
                .contains("paraview");
        assertThat(plugins.findValuesAsText("version")).isNotEmpty().allMatch(v -> v.matches("\\d+\\.\\d+\\.\\d+.*"));

        String words = ONCOTWIN.run(folder, "plugins").succeeds().out();
        assertThat(words).contains("reaction-diffusion", "radiation-lq", "paraview", "gompertz", "logistic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reaction-diffusion", "logistic", "gompertz", "radiation-lq"})
    void aPluginDescribesItself(String id) throws Exception {
        JsonNode card = json("describe", id, "--json");
        assertThat(card.get("id").textValue()).isEqualTo(id);
        assertThat(card.get("versions")).isNotEmpty();
        assertThat(card.get("context_of_use").textValue()).isNotBlank();
        assertThat(card.get("limitations")).isNotEmpty();
        assertThat(card.get("parameters")).isNotEmpty().allSatisfy(parameter -> {
            assertThat(parameter.get("name").textValue()).isNotBlank();
            assertThat(parameter.get("unit").textValue()).isNotBlank();
            assertThat(parameter.get("source").textValue()).isNotBlank();
            assertThat(parameter.get("description").textValue()).isNotBlank();
        });
    }

    @Tag("SR-408")
    @Test
    void aModelSaysWhatItTakes() throws Exception {
        JsonNode card = json("describe", "reaction-diffusion", "--json");
        assertThat(card.get("parameters"))
                .extracting(p -> p.get("name").textValue())
                .contains("proliferation", "diffusion", "carrying_capacity", "volume_threshold");
        assertThat(card.get("parameters"))
                .filteredOn(p -> p.get("name").textValue().equals("diffusion"))
                .singleElement()
                .satisfies(p -> assertThat(p.get("per_tissue").booleanValue()).isTrue());
        String words = ONCOTWIN.run(folder, "describe", "reaction-diffusion")
                .succeeds()
                .out();
        assertThat(words).contains("Context of use", "Limitations", "mm2/d", "proliferation");
    }

    @ParameterizedTest
    @CsvSource({
        "describe nothing, nothing",
        "describe, PLUGIN",
        "fly, fly",
        "run, CASE",
        "run case.json, --out",
        "run case.json --out x --nonsense, --nonsense",
        "run case.json --out x --threads 0, --threads",
        "run case.json --out x --threads many, --threads",
        "run case.json --out x --export nothing, nothing",
        "replay, RUN",
        "replay nowhere, nowhere",
        "--plugins nowhere plugins, nowhere"
    })
    void aWrongCommandLineIsRefusedInWords(String line, String says) throws Exception {
        OncoTwin.Outcome outcome = ONCOTWIN.run(folder, line.split(" "));

        outcome.failsWith(2);
        assertThat(outcome.err()).contains(says);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aScriptGetsTheErrorAsAnObject() throws Exception {
        OncoTwin.Outcome outcome = ONCOTWIN.run(folder, "describe", "nothing", "--json");

        outcome.failsWith(2);
        assertThat(Result.JSON.readTree(outcome.out()).at("/error/message").textValue())
                .contains("nothing", "reaction-diffusion");
    }

    @Test
    void noCommandIsAMistake() throws Exception {
        OncoTwin.Outcome outcome = ONCOTWIN.run(folder);

        outcome.failsWith(2);
        assertThat(outcome.err()).contains("run", "demo", "plugins");
    }

    @Tag("SR-1601")
    @Test
    void drugsAndRegimensAreShownWithTheirSources() throws Exception {
        JsonNode drugs = json("drugs", "--json").get("drugs");
        assertThat(drugs).hasSizeGreaterThanOrEqualTo(19);
        assertThat(drugs).allSatisfy(drug -> assertThat(drug.get("sections"))
                .isNotEmpty()
                .allSatisfy(section -> assertThat(section.get("read_by"))
                        .as(drug.get("drug").asText())
                        .isNotEmpty()));
        assertThat(json("drugs", "cddp", "--json")
                        .at("/sections/compartments/parameters/clearance/source")
                        .asText())
                .contains("Urien");
        assertThat(json("drugs", "--regimens", "--json").get("regimens"))
                .extracting(regimen -> regimen.get("regimen").asText())
                .contains("mfolfox6", "stupp", "carboplatin-auc5-paclitaxel");
        assertThat(ONCOTWIN.run(folder, "drugs", "--regimens", "mFOLFOX6")
                        .succeeds()
                        .out())
                .contains("dose_per_area 85 mg/m2", "Cheeseman");
    }

    @Test
    void helpNamesEveryCommandAndTheExitCodes() throws Exception {
        String help = ONCOTWIN.run(folder, "--help").succeeds().out();
        assertThat(help)
                .contains("Research use", "demo", "run", "plugins", "describe", "replay", "shell", "version", "130");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "demo", "plugins", "describe", "drugs", "replay", "shell", "version"})
    void everyCommandHasHelp(String command) throws Exception {
        String help = ONCOTWIN.run(folder, command, "--help").succeeds().out();
        assertThat(help).contains("Usage: oncotwin " + command);
        assertThat(help.lines().count()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void versionIsPrinted() throws Exception {
        assertThat(ONCOTWIN.run(folder, "version").succeeds().out()).matches("OncoTwin 1\\.0\\.0\\S* on Java \\S+\\R");
        assertThat(json("version", "--json").get("version").textValue()).startsWith("1.0.0");
    }
}
