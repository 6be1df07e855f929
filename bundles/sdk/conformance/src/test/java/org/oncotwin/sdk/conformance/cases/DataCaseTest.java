package org.oncotwin.sdk.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SR-707")
class DataCaseTest {

    @TempDir
    Path folder;

    private void write(String settings) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("first")).resolve("test.json"), settings);
    }

    @Test
    void readsSettingsAndTable() throws IOException {
        write("{\"description\": \"d\", \"source\": \"s\", \"relative\": 1e-3, \"absolute\": 0, \"exporter\": \"x\"}");
        Files.writeString(folder.resolve("first/expected.csv"), "# from a paper\nday [d],v [cm3]\n0,1.5\n1,2\n");
        DataCase only = DataCase.in(folder).get(0);
        assertThat(only.name()).isEqualTo("first");
        assertThat(only.exporters()).containsExactly("x");
        assertThat(only.table().orElseThrow().header()).containsExactly("day [d]", "v [cm3]");
        assertThat(only.table().orElseThrow().column(1)).containsExactly(1.5, 2);
        assertThat(DataCase.in(folder.resolve("none"))).isEmpty();
    }

    @Test
    void agreementIsThatOfTheSbmlTestSuite() {
        DataCase.Settings settings = new DataCase.Settings("d", "s", 0.01, 0.5, Optional.empty());
        assertThat(settings.agree(100, 101.5)).isTrue();
        assertThat(settings.agree(100, 101.6)).isFalse();
        assertThat(settings.agree(0, -0.5)).isTrue();
        assertThat(settings.agree(0, Double.NaN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"description\": \"d\", \"source\": \"\", \"relative\": 0, \"absolute\": 0}",
                "{\"description\": \"d\", \"source\": \"s\", \"relative\": 1, \"absolute\": 0}",
                "{\"description\": \"d\", \"source\": \"s\", \"relative\": -1, \"absolute\": 0}",
                "{\"description\": \"d\", \"source\": \"s\", \"relative\": \"0.1\", \"absolute\": 0}",
                "{\"description\": \"d\", \"source\": \"s\", \"relative\": 0, \"absolute\": 0, \"other\": 1}",
                "not json"
            })
    void settingsThatSayTooLittleAreRefused(String settings) throws IOException {
        write(settings);
        assertThatThrownBy(() -> DataCase.in(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("case first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"day\n", "day,v\n1\n", ""})
    void tablesWithoutNumbersAreRefused(String table) throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), table);
        assertThatThrownBy(() -> ExpectedTable.read(file)).isInstanceOf(IOException.class);
    }
}
