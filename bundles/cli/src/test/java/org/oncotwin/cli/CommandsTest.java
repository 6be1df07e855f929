package org.oncotwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SR-554")
class CommandsTest {
    @TempDir
    Path folder;

    private CommandLineForTests line;

    @BeforeEach
    void makeCase() throws IOException {
        line = new CommandLineForTests(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "run",
                "replay",
                "sensitivity",
                "response",
                "plugins",
                "describe",
                "drugs",
                "version",
                "shell"
            })
    void everyCommandHasAHelpText(String command) {
        assertThat(line.execute(command, "--help")).isZero();
        assertThat(line.stdout()).startsWith("Usage: oncotwin " + command).contains("--json");
        assertThat(line.stderr()).isEmpty();
        assertThat(line.execute("--help")).isZero();
        assertThat(line.stdout()).contains("  " + command + " ").contains("130");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site create",
                "site start",
                "site stop",
                "site status",
                "account create",
                "account list",
                "account roles",
                "account close",
                "account renew",
                "account password",
                "login",
                "logout",
                "audit list",
                "audit verify",
                "audit export",
                "combo list",
                "combo check",
                "combo install",
                "combo remove",
                "combo diff",
                "twin create",
                "twin revise",
                "twin list",
                "twin show",
                "twin history",
                "twin export",
                "study start",
                "study list",
                "study show",
                "study pause",
                "study resume",
                "study wait",
                "study replay",
                "change propose",
                "change verify",
                "change sign",
                "change promote",
                "change rollback",
                "change status",
                "change log"
            })
    void everyCommandOfASiteHasAHelpTextWithAnExample(String command) {
        String[] words = (command + " --help").split(" ");
        assertThat(line.execute(words)).isZero();
        assertThat(line.stdout())
                .startsWith("Usage: oncotwin " + command)
                .contains("--json", "Example", "\n  oncotwin " + command);
        assertThat(line.execute("--help")).isZero();
        assertThat(line.stdout()).contains("  " + words[0] + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "site, a command is missing; there are create",
        "audit list --most 0, --most: 0 is not allowed",
        "audit export trail.txt, allowed are names that end in .jsonl or .html",
        "study show three, three",
        "study replay three, three",
        "study start a b --policy stay, stay",
        "study start a, either a case file or --twin is needed",
        "study start a b --twin c, either a case file or --twin is needed",
        "study start a b --twin-version 1, --twin-version: is of no use without --twin",
        "twin revise a b --reason r, --from",
        "twin show a --as-of 2026-11-23T10:00:00, has no time zone",
        "twin show a --as-of 2026-11-23, has no time of day and no time zone",
        "twin export a b --as-of yesterday, 'yesterday' is not a time",
        "twin show a --as-of 2026-11-23T10:00:00Z --version 1, cannot both be given",
        "account create ben --name Ben --role king, king",
        "account close ben, --reason",
        "change verify 1 --cohort nowhere, there is no folder nowhere",
        "change propose a nowhere.jar --kind k --description d --reason r, there is no file nowhere.jar",
        "login anna --password secret, --password"
    })
    void whatDoesNotFitIsSaidBeforeASiteIsOpened(String words, String says) {
        assertThat(line.execute(words.split(" "))).isEqualTo(2);
        assertThat(line.stderr()).contains(says).doesNotContain("no site folder");
    }

    @Test
    void theSiteIsTheOneOfTheCommandLineOrTheUsualOne() {
        assertThat(line.execute("site", "status", "--site", "a/lab")).isEqualTo(1);
        assertThat(line.stderr()).contains("there is no site folder lab");
        assertThat(line.execute("study", "list", "--json")).isEqualTo(1);
        assertThat(line.stderr()).contains("there is no site folder oncotwin-site");
    }

    @Test
    void aMissingOrUnknownCommandIsAUsageError() {
        assertThat(line.execute()).isEqualTo(2);
        assertThat(line.stderr()).startsWith("oncotwin: a command is missing").hasLineCount(1);
        assertThat(line.execute("rnu")).isEqualTo(2);
        assertThat(line.stderr()).startsWith("oncotwin: ").contains("rnu").hasLineCount(1);
    }

    @Test
    void usageErrorsAreJsonToo() throws IOException {
        assertThat(line.execute("plugins", "--jso", "--json")).isEqualTo(2);
        assertThat(line.json().get("error").get("message").asText()).contains("--jso");
    }

    @Test
    void tellsItsVersion() throws IOException {
        assertThat(line.execute("version")).isZero();
        assertThat(line.stdout()).startsWith("OncoTwin 1.2.3 on Java ");
        assertThat(line.execute("version", "--json")).isZero();
        assertThat(line.json().get("version").asText()).isEqualTo("1.2.3");
    }

    @Test
    void listsPlugins() throws IOException {
        assertThat(line.execute("plugins")).isZero();
        assertThat(line.stdout())
                .containsSubsequence(
                        "Growth models",
                        "logistic",
                        "2.0.0",
                        "logistic",
                        "1.0.0",
                        "Treatments",
                        "radiation-lq",
                        "Solvers",
                        "explicit",
                        "Exporters",
                        "text");
        assertThat(line.execute("plugins", "--json")).isZero();
        assertThat(line.json().get("growth").get(0).get("version").asText()).isEqualTo("2.0.0");
        assertThat(line.json().get("export").get(0).get("id").asText()).isEqualTo("text");
    }

    @Tag("SR-408")
    @Test
    void describesAGrowthModel() throws IOException {
        assertThat(line.execute("describe", "logistic")).isZero();
        assertThat(line.stdout())
                .contains("logistic 2.0.0 - Logistic growth")
                .contains("proliferation (required): 0 to 10 /d")
                .contains("carrying_capacity (default 100 cm3): above 0 cm3")
                .contains("prior: log-normal, median 100 cm3, standard deviation of the logarithm 0.5")
                .contains("source: Verhulst 1838")
                .contains("dV/dt = r V (1 - V/K)")
                .contains("surviving-fraction")
                .contains("Versions: 2.0.0, 1.0.0");
        assertThat(line.execute("describe", "logistic", "--json")).isZero();
        JsonNode parameters = line.json().get("parameters");
        assertThat(parameters.get(0).has("default")).isFalse();
        assertThat(parameters.get(0).get("maximum").doubleValue()).isEqualTo(10);
        assertThat(parameters.get(1).get("default").doubleValue()).isEqualTo(100);
        assertThat(parameters.get(1).get("exclusiveMinimum").doubleValue()).isZero();
        assertThat(parameters.get(1).has("maximum")).as("none for infinity").isFalse();
        assertThat(line.json().get("versions")).hasSize(2);
    }

    @Test
    void describesTheInputsOfATreatment() throws IOException {
        assertThat(line.execute("describe", "radiation-lq")).isZero();
        assertThat(line.stdout())
                .contains("fractions (required): a whole number, 1 to 200")
                .contains("days (default weekdays): one of weekdays, daily");
        assertThat(line.execute("describe", "radiation-lq", "--json")).isZero();
        assertThat(line.json().get("inputs").get(1).get("choices")).hasSize(2);
        assertThat(line.json().get("drives").get(0).asText()).isEqualTo("surviving-fraction");
    }

    @Test
    void describesSolversAndExporters() {
        assertThat(line.execute("describe", "explicit")).isZero();
        assertThat(line.stdout()).contains("Order in time 1");
        assertThat(line.execute("describe", "text")).isZero();
        assertThat(line.stdout()).contains("Kind: export");
    }

    @Test
    void unknownPluginsAreRefusedWithWhatThereIs() {
        assertThat(line.execute("describe", "logistics")).isEqualTo(2);
        assertThat(line.stderr())
                .isEqualToIgnoringNewLines(
                        "oncotwin: PLUGIN: no plugin 'logistics'; there are logistic, radiation-lq, explicit, text");
    }

    @Test
    void anInterruptAsksTheCommandToStopAndWaitsForIt() {
        Thread caller = Thread.currentThread();
        CountDownLatch cleaned = new CountDownLatch(1);

        int code = InterruptibleCommand.execute(cancellation -> {
            caller.interrupt();
            while (!cancellation.isRequested()) {
                Thread.onSpinWait();
            }
            cleaned.countDown();
            return 130;
        });

        assertThat(code).isEqualTo(130);
        assertThat(cleaned.getCount()).isZero();
        assertThat(Thread.interrupted()).as("the caller still knows").isTrue();
    }

    @Test
    void theExitCodeOfACommandIsPassedOn() {
        assertThat(InterruptibleCommand.execute(cancellation -> 1)).isEqualTo(1);
    }
}
