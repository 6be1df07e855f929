package org.oncotwin.tests.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.sdk.conformance.report.ConformanceReport;
import org.oncotwin.sdk.conformance.report.Outcome;
import org.oncotwin.sdk.conformance.report.ReportContent;

/** An outside group generates a project from each archetype and builds it, knowing the installed SDK alone. */
@Tag("SR-708")
class OutsidePluginsIT {

    private static final String PASSWORD = "not-a-secret";

    /** A thread of the plugin's class that waits for ever. */
    private static final String LEAK = """
            static {
                Thread leaked = new Thread("leaked") {
                    @Override
                    public void run() {
                        while (true) {
                            java.util.concurrent.locks.LockSupport.park();
                        }
                    }
                };
                leaked.setDaemon(true);
                leaked.start();
            }

            """;

    private static Path work;
    private static InstalledSdk sdk;

    @BeforeAll
    static void install() throws Exception {
        work = Path.of(System.getProperty("work"));
        sdk = InstalledSdk.into(
                work.resolve("repository"),
                Path.of(System.getProperty("localRepository")),
                Path.of(System.getProperty("checkout")),
                System.getProperty("sdk.version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"treatment", "exporter"})
    void aGeneratedProjectBuildsAndIsConformant(String archetype) throws Exception {
        OutsideProject project = OutsideProject.generate(archetype, work, sdk);
        project.maven(Map.of(), "verify");
        assertConformant(project);
        assertThat(ConformanceReport.read(project.report()).isSigned()).isFalse();
    }

    /** The page shows every file that its command generates, but for tables, settings and the words about the package; and what it shows builds. */
    @Tag("SR-709")
    @ParameterizedTest
    @ValueSource(strings = {"write-a-pharmacokinetic-model.md", "write-a-toxicity-model.md"})
    void whatAGuideShowsIsGeneratedBuildsAndIsConformant(String page) throws Exception {
        GuidePage guide = GuidePage.read(
                Path.of(System.getProperty("checkout"), "docs", "guide").resolve(page));
        OutsideProject project = OutsideProject.generate(guide.properties(), work, sdk);
        try (Stream<Path> generated = Files.walk(project.folder().resolve("src"))) {
            assertThat(generated
                            .filter(Files::isRegularFile)
                            .filter(file -> !Set.of("package-info.java", "test.json", "expected.csv")
                                    .contains(file.getFileName().toString()))
                            .map(file -> project.folder().relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(guide.files().keySet());
        }
        guide.files().forEach((file, content) -> assertThat(project.folder().resolve(file))
                .content()
                .as(file)
                .isEqualTo(content));
        project.maven(Map.of(), "verify");
        assertConformant(project);
    }

    /** One project goes the whole way: signed, then altered until each kind of check has refused it. */
    @Test
    void aGrowthModelIsSignedAndARogueIsRefused() throws Exception {
        OutsideProject project = OutsideProject.generate("growth.model", work, sdk);
        X509Certificate certificate = key(project.folder().resolve("keys.p12"));
        project.maven(
                Map.of("ONCOTWIN_SIGN_STOREPASS", PASSWORD),
                "verify",
                "-Doncotwin.sign.keystore=keys.p12",
                "-Doncotwin.sign.alias=modeller");
        assertConformant(project);
        ConformanceReport report = ConformanceReport.read(project.report());
        assertThat(report.verify(certificate)).isTrue();
        assertThat(signers(project.bundle())).containsExactly(certificate);

        Files.writeString(project.report(), Files.readString(project.report()).replace("passed", "failed"));
        assertThat(ConformanceReport.read(project.report()).verify(certificate))
                .as("the signature of an altered report")
                .isFalse();

        // The clock is asked, and a package is exported: the contract tests do not see either, the built bundle shows
        // both.
        Path source = project.folder().resolve("src/main/java/org/example/tumour/growth/model");
        Files.writeString(
                source.resolve("package-info.java"),
                "@org.osgi.annotation.bundle.Export\n@org.osgi.annotation.versioning.Version(\"1.0.0\")\n"
                        + "package org.example.tumour.growth.model;\n");
        Path growth = source.resolve("ExponentialLinearGrowth.java");
        Files.writeString(
                growth,
                Files.readString(growth)
                        .replace(
                                "if (volume == 0) {",
                                "if (volume == 0 || java.time.Instant.now().toEpochMilli() == 0) {")
                        .replace("/** How sharply the phases meet", LEAK + "/** How sharply the phases meet"));
        OutsideProject.Result refused = project.tryMaven(Map.of(), "verify");
        assertThat(refused.code()).isNotZero();
        ReportContent content = ConformanceReport.read(project.report()).content();
        assertThat(content.conformant()).isFalse();
        assertThat(content.sections().get(0).tests())
                .filteredOn(test -> test.outcome() == Outcome.FAILED)
                .extracting(ReportContent.TestResult::message)
                .anySatisfy(message -> assertThat(message).contains("is exported"))
                .anySatisfy(message -> assertThat(message).contains("java.time.Instant.now"))
                // Bnd lets a bundle import what it exports.
                .anySatisfy(message -> assertThat(message).contains("is imported"))
                .hasSize(3);
        assertThat(content.sections())
                .filteredOn(section -> section.layer() == 4)
                .singleElement()
                .satisfies(section -> assertThat(section.tests())
                        .filteredOn(test -> test.outcome() == Outcome.FAILED)
                        .singleElement()
                        .satisfies(
                                test -> assertThat(test.message()).contains("class loader of the uninstalled plugin")));
    }

    private static void assertConformant(OutsideProject project) throws IOException {
        ConformanceReport report = ConformanceReport.read(project.report());
        ReportContent content = report.content();
        assertThat(content.gaps()).isEmpty();
        assertThat(content.conformant()).isTrue();
        assertThat(report.isOf(project.bundle()))
                .as("the report names the bundle's SHA-256")
                .isTrue();
        assertThat(content.bundle().symbolicName())
                .isEqualTo(project.folder().getFileName().toString());
        assertThat(content.sections()).extracting(ReportContent.Section::layer).contains(1, 2, 3, 4);
        assertThat(project.report().resolveSibling("report.html"))
                .content()
                .contains(content.bundle().sha256());
    }

    private static X509Certificate key(Path keystore) throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        run(List.of(
                keytool.toString(),
                "-genkeypair",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "modeller",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Modelling group",
                "-validity",
                "2"));
        Path file = keystore.resolveSibling("modeller.pem");
        run(List.of(
                keytool.toString(),
                "-exportcert",
                "-rfc",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "modeller",
                "-file",
                file.toString()));
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** Certificates that every class of a jar is signed with. */
    private static Set<Certificate> signers(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile(), true)) {
            List<JarEntry> classes = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();
            for (JarEntry entry : classes) {
                try (InputStream in = jar.getInputStream(entry)) {
                    in.readAllBytes();
                }
            }
            assertThat(classes).isNotEmpty().allSatisfy(entry -> assertThat(entry.getCodeSigners())
                    .isNotNull());
            Set<Certificate> certificates = new HashSet<>();
            for (JarEntry entry : classes) {
                for (CodeSigner signer : entry.getCodeSigners()) {
                    certificates.add(
                            signer.getSignerCertPath().getCertificates().get(0));
                }
            }
            return certificates;
        }
    }
}
