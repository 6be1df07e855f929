package org.oncotwin.tests.api.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contract of this build against that of the last release in cnf/baseline. */
@Tag("SR-702")
class ApiBaselineIT {
    private static final Path CONTRACTS = Path.of(System.getProperty("contracts"));
    private static final Path RELEASED = Path.of(System.getProperty("released"));

    static Stream<String> contracts() throws IOException {
        try (Stream<Path> folders = Files.list(CONTRACTS)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Path released(String contract) {
        return RELEASED.resolve("org.oncotwin.api." + contract + ".jar");
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void saysInItsVersionWhatHasChanged(String contract) throws Exception {
        assumeTrue(Files.exists(released(contract)), () -> {
            System.out.println("The contract " + contract + " is new since the last release: nothing to compare with");
            return "not in cnf/baseline";
        });
        List<Path> built;
        try (Stream<Path> files = Files.list(CONTRACTS.resolve(contract).resolve("target"))) {
            built = files.filter(
                            file -> file.getFileName().toString().matches("org\\.oncotwin\\.api\\..*-[0-9].*\\.jar"))
                    .toList();
        }
        assertThat(built).as("jars of this build").hasSize(1);
        assertThat(ContractBaseline.mismatches(released(contract), built.get(0)))
                .as("see cnf/baseline/README.md")
                .isEmpty();
    }

    @Test
    void aReleasedContractDoesNotVanish() throws Exception {
        List<String> expected = contracts()
                .map(contract -> released(contract).getFileName().toString())
                .toList();
        try (Stream<Path> files = Files.list(RELEASED)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar")))
                    .isSubsetOf(expected);
        }
    }
}
