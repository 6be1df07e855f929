package org.oncotwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.SimulationException;

class RunCommandTest {
    @TempDir
    Path folder;

    private CommandLineForTests line;

    @BeforeEach
    void makeCase() throws IOException {
        line = new CommandLineForTests(folder);
    }

    @Test
    void aRunGivesAFolder() throws IOException {
        assertThat(line.run()).isZero();

        assertThat(CommandLineForTests.names(line.out)).containsExactly("case.json", "report.html", "result.json");
        JsonNode result =
                new ObjectMapper().readTree(line.out.resolve("result.json").toFile());
        assertThat(result.get("case").asText()).isEqualTo("logistic-001");
        assertThat(result.get("times_days")).hasSize(21);
        JsonNode volume = result.get("series").get("tumour.volume");
        assertThat(volume.get("unit").asText()).isEqualTo("cm3");
        assertThat(volume.get("values").get(20).doubleValue()).isEqualTo(10 * Math.exp(0.1 * 20));
        assertThat(result.get("provenance").get("plugins").get(0).get("id").asText())
                .isEqualTo("logistic");
        assertThat(line.stdout()).contains("logistic-001: day 0.0 to day 20.0").contains("tumour.volume");
        assertThat(line.stderr()).as("a line per tenth").hasLineCount(10).contains("oncotwin: day 2 of 20 (10 %)");
        assertThat(line.left()).containsExactly("case.json", "run");
        assertThat(line.engine.closed()).isEqualTo(1);
    }

    @Tag("SR-554")
    @Test
    void withJsonThereIsOneObjectAndNothingElse() throws IOException {
        assertThat(line.run("--json")).isZero();

        assertThat(line.stderr()).isEmpty();
        assertThat(line.json().get("case").asText()).isEqualTo("logistic-001");
        assertThat(line.json().get("outputs").intValue()).isEqualTo(21);
        assertThat(line.json().get("final").get("tumour.volume").get("unit").asText())
                .isEqualTo("cm3");
    }

    @Tag("SR-201")
    @Test
    void theResultDoesNotDependOnTheThreads() throws IOException {
        assertThat(line.run("--threads", "3")).isZero();
        assertThat(line.engine.threads()).isEqualTo(3);
        byte[] three = Files.readAllBytes(line.out.resolve("result.json"));
        assertThat(line.run("--overwrite", "--threads", "1")).isZero();
        assertThat(Files.readAllBytes(line.out.resolve("result.json"))).isEqualTo(three);
    }

    @Test
    void threadsAreAllProcessorsByDefault() {
        assertThat(line.run()).isZero();
        assertThat(line.engine.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10000"})
    void threadsOutOfRangeAreRefused(String threads) throws IOException {
        assertThat(line.run("--threads", threads)).isEqualTo(2);
        assertThat(line.stderr())
                .isEqualToIgnoringNewLines("oncotwin: --threads: " + threads + " is not allowed; allowed is 1 to 1024");
        assertThat(line.left()).containsExactly("case.json");
    }

    @Test
    void usageErrorsAreOneLineAndExitCodeTwo() throws IOException {
        assertThat(line.run("--threads", "many")).isEqualTo(2);
        checkOneLine("many");
        assertThat(line.run("--thread", "1")).isEqualTo(2);
        checkOneLine("(see oncotwin run --help)");
        assertThat(line.execute("run", line.caseFile.toString())).isEqualTo(2);
        checkOneLine("--out");
        assertThat(line.execute("run")).isEqualTo(2);
        checkOneLine("CASE");
        assertThat(line.left()).containsExactly("case.json");
    }

    private void checkOneLine(String says) {
        assertThat(line.stderr()).startsWith("oncotwin: ").contains(says).hasLineCount(1);
        assertThat(line.stdout()).isEmpty();
    }

    @Test
    void aBadCaseIsRefusedOneLinePerProblemAndNothingIsWritten() throws IOException {
        line.edit("\"0.05 /d\"", "0.05");

        assertThat(line.run()).isEqualTo(2);
        assertThat(line.stderr())
                .isEqualToIgnoringNewLines(
                        "oncotwin: growth.parameters.proliferation: 0.05 has no unit; write it as text with one, such as \"0.05 /d\"");
        assertThat(line.stdout()).isEmpty();
        assertThat(line.left()).containsExactly("case.json");

        assertThat(line.run("--json")).isEqualTo(2);
        assertThat(line.json().get("error").get("field").asText()).isEqualTo("growth.parameters.proliferation");
        assertThat(line.json().get("error").get("message").asText()).startsWith("0.05 has no unit");
    }

    @Test
    void severalProblemsAreAllSaid() throws IOException {
        line.edit("\"horizon\": \"20 d\", \"output\": \"1 d\"", "\"horizon\": \"0 d\", \"outputs\": \"1 d\"");

        assertThat(line.run("--json")).isEqualTo(2);
        assertThat(line.stderr()).hasLineCount(3).doesNotContain("ONCO-2026-001");
        assertThat(line.json().get("error").get("field").asText()).isEqualTo("horizon");
        assertThat(line.json().get("errors")).hasSize(3);
    }

    @Test
    void aFolderWithContentIsLeftAlone() throws IOException {
        Files.createDirectory(line.out);
        Files.writeString(line.out.resolve("thesis.txt"), "years of work");

        assertThat(line.run()).isEqualTo(2);
        assertThat(line.stderr()).startsWith("oncotwin: --out: the folder 'run' is not empty");
        assertThat(line.run("--overwrite")).isEqualTo(2);
        assertThat(CommandLineForTests.names(line.out)).containsExactly("thesis.txt");
    }

    @Test
    void aRunThatFailsInTheMiddleLeavesNothing() throws IOException {
        line.engine.at(5, last -> {
            throw new SimulationException("tumour.volume is -1 cm3 at day 5.0, which is below 0");
        });

        assertThat(line.run()).isEqualTo(1);
        assertThat(line.stderr())
                .contains("oncotwin: the run failed: tumour.volume is -1 cm3")
                .doesNotContain("\tat ");
        assertThat(line.left()).containsExactly("case.json");
        assertThat(line.engine.closed()).isEqualTo(1);
    }

    @Tag("SR-107")
    @Test
    void aDefectIsSaidWithoutStackTraceAndFoldersUnlessAskedFor() throws IOException {
        line.engine.at(0, last -> {
            throw new IllegalStateException("cannot open /home/someone/secret/data.bin");
        });

        assertThat(line.run("--json")).isEqualTo(1);
        assertThat(line.stderr())
                .isEqualToIgnoringNewLines(
                        "oncotwin: internal error: IllegalStateException: cannot open data.bin (ONCOTWIN_DEBUG=1 shows where)");
        assertThat(line.json().get("error").get("message").asText()).contains("internal error");

        line.debug();
        assertThat(line.run()).isEqualTo(1);
        assertThat(line.stderr()).contains("\tat ");
        assertThat(line.left()).containsExactly("case.json");
    }

    @Tag("SR-213")
    @Test
    void aCancelledRunLeavesOnlyTheCheckpointAndGoesOnFromIt() throws IOException {
        assertThat(line.run()).isZero();
        byte[] whole = Files.readAllBytes(line.out.resolve("result.json"));
        String checkpoint = folder.resolve("saved").toString();
        line.engine.at(7, last -> line.cancelled.set(true));

        assertThat(line.run("--overwrite", "--checkpoint", checkpoint)).isEqualTo(130);
        assertThat(line.stderr())
                .contains("wrote the checkpoint of day 6.0 to saved")
                .contains("oncotwin: cancelled");
        assertThat(line.left()).containsExactly("case.json", "run", "saved");

        line.cancelled.set(false);
        line.engine.goOn();
        assertThat(line.run("--overwrite", "--resume", checkpoint)).isZero();
        assertThat(Files.readAllBytes(line.out.resolve("result.json"))).isEqualTo(whole);
    }

    @Test
    void aRunThatIsCancelledAtOnceHasNoCheckpoint() throws IOException {
        line.cancelled.set(true);

        assertThat(line.run("--checkpoint", folder.resolve("saved").toString())).isEqualTo(130);
        assertThat(line.left()).containsExactly("case.json");
    }

    @Test
    void aPluginThatIsStoppedLeavesACheckpoint() throws IOException {
        line.engine.at(7, last -> {
            throw new PluginWithdrawnException(EngineForTests.PLUGIN, last);
        });

        assertThat(line.run("--checkpoint", folder.resolve("saved").toString())).isEqualTo(1);
        assertThat(line.stderr()).contains("logistic 1.0.0 was stopped while the run used it");
        assertThat(line.left()).containsExactly("case.json", "saved");
    }

    @Test
    void checkpointsThatCannotBeUsedAreRefusedBeforeTheRun() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged"), "x");

        assertThat(line.run("--resume", damaged.toString())).isEqualTo(2);
        assertThat(line.stderr())
                .isEqualToIgnoringNewLines("oncotwin: --resume: 'damaged' cannot be used: not a checkpoint");
        assertThat(line.run("--resume", folder.resolve("gone").toString())).isEqualTo(2);
        assertThat(line.run("--checkpoint", folder.resolve("no/such/folder").toString()))
                .isEqualTo(2);
        assertThat(line.run("--checkpoint", folder.toString())).isEqualTo(2);
        assertThat(line.left()).containsExactly("case.json", "damaged");
    }

    @Test
    void fieldsAndExportsAreWrittenOnRequest() throws IOException {
        assertThat(line.run("--fields", "--export", "text")).isZero();

        List<String> fields = CommandLineForTests.names(line.out.resolve("fields"));
        assertThat(fields).hasSize(21).contains("tumour.cellularity-day-0.nii.gz", "tumour.cellularity-day-20.nii.gz");
        assertThat(line.out.resolve("exports/text/logistic-001.txt"))
                .content()
                .startsWith("day 0.0,day 1.0")
                .endsWith("day 20.0");
        JsonNode files = new ObjectMapper()
                .readTree(line.out.resolve("result.json").toFile())
                .get("files");
        assertThat(files).hasSize(22);
        assertThat(files.get("exports/text/logistic-001.txt").asText()).hasSize(64);
    }

    @Test
    void unknownExportersAreRefused() throws IOException {
        assertThat(line.run("--export", "word")).isEqualTo(2);
        assertThat(line.stderr()).isEqualToIgnoringNewLines("oncotwin: --export: no exporter 'word'; there are [text]");
        assertThat(line.left()).containsExactly("case.json");
    }

    @Tag("SR-111")
    @Test
    void replayFindsTheSameBits() throws IOException {
        assertThat(line.run()).isZero();

        assertThat(line.execute("replay", line.out.toString())).isZero();
        assertThat(line.stdout()).isEqualToIgnoringNewLines("logistic-001: identical bit for bit");
        assertThat(line.execute("replay", line.out.toString(), "--json")).isZero();
        assertThat(line.json().get("identical").booleanValue()).isTrue();
        assertThat(line.json().get("differences")).isEmpty();
    }

    /** The volume of the tumour grows by 1.7 times a day: 20 % in diameter at the first visit, which iRECIST waits to confirm. */
    @Test
    void responseCallsEachVisit() throws IOException {
        assertThat(line.run()).isZero();

        assertThat(line.execute("response", line.out.toString(), "--json")).isZero();
        JsonNode called = line.json();
        List<String> recist = called.get("visits").findValuesAsText("recist");
        assertThat(recist.get(recist.size() - 1)).isEqualTo("PD");
        assertThat(called.get("visits").findValuesAsText("irecist")).contains("iUPD");
        assertThat(line.execute("response", line.out.toString())).isZero();
        assertThat(line.stdout()).contains("RECIST", "Best response: ");
        assertThat(line.execute("response", line.out.toString(), "--every", "-1"))
                .isEqualTo(2);
        assertThat(line.stderr()).contains("--every: -1.0 is not allowed; allowed is 0 to 100000 days");
        assertThat(line.execute("response", line.out.toString(), "--smallest", "99"))
                .isEqualTo(2);
        assertThat(line.stderr()).contains("the tumour is below 99.0 mm at the first output");
    }

    @Tag("SR-111")
    @Test
    void replaySaysWhatDiffers() throws IOException {
        assertThat(line.run()).isZero();
        line.engine.grow(Math.nextUp(0.1));

        assertThat(line.execute("replay", line.out.toString())).isEqualTo(1);
        assertThat(line.stdout())
                .contains("the results differ")
                .contains("tumour.volume:")
                .contains("final state:");
        assertThat(line.execute("replay", line.out.toString(), "--json")).isEqualTo(1);
        assertThat(line.json().get("identical").booleanValue()).isFalse();
        assertThat(line.json().get("differences")).isNotEmpty();
    }

    @Test
    void replayOfAStudyOfASiteNeedsItsPluginsOrSaysWhereToGo() throws IOException {
        Path site = folder.resolve("lab");
        Path run = site.resolve("studies/3/run");
        Files.createDirectories(run.getParent());
        assertThat(line.execute("run", line.caseFile.toString(), "--out", run.toString()))
                .isZero();
        Files.writeString(site.resolve("site.properties"), "");
        assertThat(line.execute("replay", run.toString()))
                .as("the version is here")
                .isZero();
        Path result = run.resolve("result.json");
        Files.writeString(result, Files.readString(result).replace("\"1.0.0\"", "\"1.7.0\""));
        assertThat(line.execute("replay", run.toString())).isEqualTo(2);
        assertThat(line.stderr())
                .contains("plugin logistic version 1.7.0 is not part of this runtime")
                .contains("oncotwin study replay 3 --site lab");
        Files.delete(site.resolve("site.properties"));
        assertThat(line.execute("replay", run.toString())).as("not of a site").isNotEqualTo(2);
    }

    @Test
    void replayRefusesWhatIsNoRun() {
        assertThat(line.execute("replay", folder.toString())).isEqualTo(2);
        assertThat(line.stderr())
                .contains("is not a run folder: it has no result.json")
                .doesNotContain(folder.toString());
    }

    @Test
    void replayAsksForTheRecordedVersionThoughANewerOneIsThere() {
        assertThat(line.run()).isZero();
        assertThat(line.engine.versions()).as("as the case says").isEqualTo("0");

        assertThat(line.execute("replay", line.out.toString())).isZero();
        assertThat(line.engine.versions()).isEqualTo("[1.0.0,1.0.0]");
    }

    @Test
    void replayTellsTheEngineWhichPluginsItMaySee() {
        assertThat(line.run()).isZero();
        assertThat(line.engine.visible()).as("a run sees all").isEmpty();
        assertThat(line.execute("replay", line.out.toString())).isZero();
        assertThat(line.engine.visible()).isPresent();
    }

    @Test
    void aPersonAtATerminalSeesABar() {
        line.watch();
        assertThat(line.run()).isZero();
        assertThat(line.stderr()).contains("100%").contains("20/20 d");

        assertThat(line.run("--overwrite", "--json")).isZero();
        assertThat(line.stderr()).isEmpty();
    }

    @Test
    void tooLittleMemoryIsSaidAndLeavesNothing() throws IOException {
        line.engine.at(3, last -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThat(line.run()).isEqualTo(1);
        assertThat(line.stderr())
                .contains("oncotwin: there is not enough memory")
                .doesNotContain("\tat ");
        assertThat(line.left()).containsExactly("case.json");
    }
}
