package org.oncotwin.sdk.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.sdk.conformance.ConformanceBuild;
import org.oncotwin.sdk.conformance.container.PluginContainer;

/** Layer 3, run by the SDK's parent POM on every plugin that it builds: each {@link DataCase} of {@code src/test/cases}, on the built bundle in a running framework. */
@DisplayName("Layer 3, data cases")
public class DataCasesIT {

    @TempDir
    static Path runs;

    private static PluginContainer container;

    /** For JUnit. */
    public DataCasesIT() {}

    @BeforeAll
    static void start() throws IOException {
        container = PluginContainer.start();
        container.install(ConformanceBuild.bundle()).services();
    }

    @AfterAll
    static void stop() throws IOException {
        if (container != null) {
            container.close();
            container = null;
        }
    }

    @Test
    @DisplayName("Layer 3, data cases: there is at least one")
    void thereIsOne() throws IOException {
        assertThat(DataCase.in(ConformanceBuild.cases())).as("cases").isNotEmpty();
    }

    @TestFactory
    @DisplayName("Layer 3, data cases: each gives what is expected")
    Stream<DynamicTest> cases() throws IOException {
        return DataCase.in(ConformanceBuild.cases()).stream()
                .map(each -> dynamicTest(
                        "Layer 3, data cases: " + each.name() + ", "
                                + each.settings().description(),
                        () -> check(each)));
    }

    private static void check(DataCase each) throws IOException {
        Path run = runs.resolve(each.name());
        SortedMap<String, double[]> found = container.run(each.caseFile(), run, each.exporters());
        int compared = 0;
        if (each.table().isPresent()) {
            compareSeries(each.settings(), each.table().get(), found);
            compared++;
        }
        for (Path file : each.files()) {
            Path written = run.resolve("exports")
                    .resolve(each.settings().exporter().orElseThrow())
                    .resolve(file);
            assertThat(written).as("exported file %s", file).exists();
            compareFile(each.settings(), each.folder().resolve("expected").resolve(file), written);
            compared++;
        }
        assertThat(compared).as("expected.csv, and files in expected/").isPositive();
    }

    private static void compareSeries(
            DataCase.Settings settings, ExpectedTable expected, SortedMap<String, double[]> found) {
        List<String> differences = new ArrayList<>();
        for (int column = 0; column < expected.header().size(); column++) {
            String name = expected.header().get(column);
            double[] wanted = expected.column(column);
            double[] values = found.get(name);
            assertThat(values).as("%s; there are %s", name, found.keySet()).hasSameSizeAs(wanted);
            for (int row = 0; row < wanted.length; row++) {
                if (!settings.agree(wanted[row], values[row])) {
                    differences.add(name + ", row " + (row + 1) + ": " + values[row] + ", expected " + wanted[row]);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    /** Tables by their numbers, other files byte by byte. */
    private static void compareFile(DataCase.Settings settings, Path expected, Path written) throws IOException {
        if (!expected.getFileName().toString().endsWith(".csv")) {
            assertThat(Files.mismatch(expected, written))
                    .as("first byte of %s that differs", written.getFileName())
                    .isEqualTo(-1);
            return;
        }
        ExpectedTable wanted = ExpectedTable.read(expected);
        ExpectedTable found = ExpectedTable.read(written);
        assertThat(found.header()).isEqualTo(wanted.header());
        assertThat(found.rows()).as("rows").hasSameSizeAs(wanted.rows());
        List<String> differences = new ArrayList<>();
        for (int row = 0; row < wanted.rows().size(); row++) {
            for (int column = 0; column < wanted.header().size(); column++) {
                String u = wanted.rows().get(row).get(column);
                String v = found.rows().get(row).get(column);
                if (!u.equals(v) && !(isNumber(u) && isNumber(v) && settings.agree(number(u), number(v)))) {
                    differences.add(wanted.header().get(column) + ", row " + (row + 1) + ": " + v + ", expected " + u);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
