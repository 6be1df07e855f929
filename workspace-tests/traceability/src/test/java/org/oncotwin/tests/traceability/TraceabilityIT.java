package org.oncotwin.tests.traceability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The matrix and the list of this very build, which are written whether they are right or not. */
final class TraceabilityIT {

    private static final Path CHECKOUT = Path.of(System.getProperty("checkout"));
    private static final Path REQUIREMENTS = CHECKOUT.resolve("docs/requirements");
    private static final Path WRITTEN = Path.of(System.getProperty("written"));
    private static final Path DISTRIBUTION = CHECKOUT.resolve("runtime/distribution/target");

    /** Options of the build by which it leaves tests out. */
    private static final List<String> NARROWING =
            List.of("test", "it.test", "groups", "excludedGroups", "skipTests", "skipITs", "skip.surefire.tests");

    @Test
    void everyRequirementLeadsToADesignAndToATestThatPassed() throws Exception {
        List<Module> modules = Module.of(CHECKOUT);
        Requirements requirements = Requirements.read(REQUIREMENTS);
        List<String> problems = new ArrayList<>(requirements.problems(
                CHECKOUT, modules.stream().map(Module::artifact).collect(Collectors.toSet())));
        Matrix found = Matrix.of(requirements, TestSuite.read(modules), narrowed());
        problems.addAll(found.problems());
        Matrix matrix = new Matrix(found.rows(), found.tests(), found.narrowed(), problems);
        new MatrixDocuments(matrix).write(WRITTEN);
        System.out.println("Traceability: " + matrix.rows().size() + " requirements, "
                + matrix.count(Status.VERIFIED) + " verified, " + matrix.count(Status.OPEN_GAP) + " open gaps, "
                + matrix.count(Status.FAILED) + " failed; " + matrix.tests().size() + " tests"
                + (matrix.narrowed().isEmpty() ? "" : "; not all were run: " + matrix.narrowed()));
        assertThat(problems)
                .as("%s; mvn verify of everything runs all tests", WRITTEN.resolve("matrix.html"))
                .isEmpty();
    }

    @Test
    void everySoftwareOfOthersIsDescribedAndNothingElse() throws Exception {
        Path bill = DISTRIBUTION.resolve("org.oncotwin.distribution-sbom.json");
        assumeTrue(
                Files.exists(bill)
                        || !Boolean.parseBoolean(
                                System.getProperty("offline.build").split("=")[1]),
                () -> {
                    System.out.println(
                            "Traceability: CycloneDX makes no bill of materials in an offline build: no list");
                    return "an offline build has no bill of materials";
                });
        SoupList list = SoupList.of(BillOfMaterials.read(bill), SoupRegister.read(REQUIREMENTS), delivered());
        new SoupDocuments(list).write(WRITTEN);
        System.out.println("Software of unknown provenance: " + list.items().size() + " delivered, "
                + list.environment().size() + " needed");
        assertThat(list.problems()).as("%s", WRITTEN.resolve("soup.html")).isEmpty();
    }

    /** Surefire and Failsafe hand the options of the command line on as system properties. */
    static String narrowed() {
        return NARROWING.stream()
                .filter(option -> !System.getProperty(option, "false").equals("false"))
                .map(option -> "-D" + option + "=" + System.getProperty(option))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, String> delivered() throws Exception {
        Map<String, String> files = new TreeMap<>();
        Path root = DISTRIBUTION.resolve("oncotwin");
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".jar"))
                    .filter(path -> !path.getFileName().toString().startsWith("org.oncotwin."))
                    .sorted()
                    .toList()) {
                files.merge(
                        sha256(file),
                        root.relativize(file).toString().replace('\\', '/'),
                        (one, other) -> one + " " + other);
            }
        }
        return files;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
