package org.oncotwin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void takesOnlyTheLeadingOptionsAway() throws Exception {
        Arguments arguments = Arguments.parse(
                "one" + File.pathSeparator + "two", "--plugins", "three", "--plugins=four", "run", "--plugins", "five");
        assertThat(arguments.pluginFolders())
                .containsExactly(Path.of("one"), Path.of("two"), Path.of("three"), Path.of("four"));
        assertThat(arguments.rest()).containsExactly("run", "--plugins", "five");
    }

    @Test
    void leavesUnknownOptionsToTheCommand() throws Exception {
        Arguments arguments = Arguments.parse(null, "--pluginsfolder", "x");
        assertThat(arguments.pluginFolders()).isEmpty();
        assertThat(arguments.rest()).containsExactly("--pluginsfolder", "x");
    }

    @Test
    void anEmptyPluginPathNamesNoFolder() throws Exception {
        assertThat(Arguments.parse("").pluginFolders()).isEmpty();
        assertThat(Arguments.parse(File.pathSeparator).pluginFolders()).isEmpty();
    }

    @Test
    void theShellWithAnOptionIsACommand() throws LaunchException {
        assertThat(Arguments.parse(null, "shell", "--help").mode()).isEqualTo(Mode.COMMAND);
        assertThat(Arguments.parse(null, "shell").mode()).isEqualTo(Mode.SHELL);
    }

    @ParameterizedTest
    @CsvSource({
        "shell,SHELL",
        "--check,CHECK",
        "demo,COMMAND",
        "shells,COMMAND",
        "site,SITE",
        "study,SITE",
        "sites,COMMAND"
    })
    void theFirstWordChoosesTheMode(String word, Mode mode) throws Exception {
        assertThat(Arguments.parse(null, "--plugins", "x", word, "shell").mode())
                .isEqualTo(mode);
    }

    @Test
    void noWordsAreForTheCommandToo() throws Exception {
        assertThat(Arguments.parse(null).mode()).isEqualTo(Mode.COMMAND);
    }

    @Test
    void anOptionWithoutItsFolderIsAUsageError() {
        assertThatThrownBy(() -> Arguments.parse(null, "--plugins"))
                .isInstanceOfSatisfying(LaunchException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(2))
                .hasMessageContaining("--plugins DIR");
    }
}
