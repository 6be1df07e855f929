package org.oncotwin.sdk.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.export.Exporter;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.State;
import org.oncotwin.sdk.conformance.ConformanceBuild;
import org.oncotwin.sdk.conformance.ExporterContractTest;

@Tag("SR-706")
class ReportListenerTest {

    private static final String PASSWORD = "not-a-secret";

    @TempDir
    Path folder;

    private final Map<String, String> properties = new HashMap<>();
    private Path bundle;

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = folder.resolve("plugin-1.0.0.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.example;singleton:=true");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        new JarOutputStream(Files.newOutputStream(bundle), manifest).close();
        properties.put(ConformanceBuild.BUNDLE, bundle.toString());
    }

    private ConformanceReport run(DiscoverySelector... selectors) throws IOException {
        ReportListener listener = new ReportListener(
                Optional.of(folder),
                Clock.fixed(Instant.parse("2026-03-04T05:06:07.891Z"), ZoneOffset.UTC),
                properties::get,
                Map.of(ReportSigner.PASSWORD, PASSWORD)::get);
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(listener)
                .build());
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selectors).build());
        return ConformanceReport.read(folder.resolve(ConformanceReport.FILE));
    }

    @Test
    void saysWhatWasTestedAndWhatItIsNot() throws IOException {
        ConformanceReport report = run(selectClass(GoodExporterSample.class));
        ReportContent content = report.content();
        assertThat(report.isOf(bundle)).isTrue();
        assertThat(content.bundle().symbolicName()).isEqualTo("org.example");
        assertThat(content.bundle().version()).isEqualTo("1.0.0");
        assertThat(content.bundle().sha256()).matches("[0-9a-f]{64}");
        assertThat(content.kit().version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
        assertThat(content.date()).isEqualTo("2026-03-04T05:06:07Z");
        assertThat(content.sections()).extracting(ReportContent.Section::law).containsExactly(1, 3, 5, 6, 7, 10);
        assertThat(content.sections()).allSatisfy(section -> {
            assertThat(section.layer()).isEqualTo(2);
            assertThat(section.outcome()).isEqualTo(Outcome.PASSED);
        });
        assertThat(content.conformant())
                .as("contract tests alone do not make a bundle conformant")
                .isFalse();
        assertThat(content.gaps())
                .containsExactly(
                        "layer 1, manifest: no test was run",
                        "layer 3, data cases: no test was run",
                        "layer 4, container: no test was run");
        assertThat(folder.resolve("report.html"))
                .content()
                .contains(content.bundle().sha256(), "Law 1");
    }

    @Test
    void testsThatAFilterLeavesOutAreNotRun() throws IOException {
        ReportContent content = run(selectMethod(GoodExporterSample.class, "repeatedExportIsTheSame"))
                .content();
        assertThat(content.sections()).extracting(ReportContent.Section::law).contains(1, 3, 5, 6, 7, 10);
        assertThat(content.sections().get(0).outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(content.gaps()).contains("law 1, same in, same out: 0 failed, 2 not run");
    }

    @Test
    void failuresAndSkippedTestsStandThere() throws IOException {
        ReportContent content = run(selectClass(BadExporterSample.class)).content();
        assertThat(content.sections())
                .filteredOn(section -> section.outcome() == Outcome.FAILED)
                .isNotEmpty();
        assertThat(content.gaps()).anySatisfy(gap -> assertThat(gap).contains("law 10"));
        ReportContent skipped = run(selectClass(SkippedExporterSample.class)).content();
        assertThat(skipped.sections()).isNotEmpty().allSatisfy(section -> assertThat(section.outcome())
                .isEqualTo(Outcome.NOT_RUN));
    }

    /** A test of the plugin's own may call itself what it likes. */
    @Test
    void ownTestsDoNotPassForTheKits() throws IOException {
        // The samples lie in the kit's own test folder, which is another place than the kit.
        ReportContent content = run(selectClass(ImpostorSample.class)).content();
        assertThat(content.sections()).isEmpty();
        assertThat(content.ownTests()).singleElement().satisfies(test -> assertThat(test.title())
                .startsWith("Law 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void isSignedAndAnyChangeShows(String algorithm) throws Exception {
        X509Certificate certificate = key(algorithm, "keys.p12");
        ConformanceReport report = run(selectClass(GoodExporterSample.class));
        assertThat(report.isSigned()).isTrue();
        assertThat(report.verify(certificate)).isTrue();
        assertThat(report.verify(key(algorithm, "others.p12"))).isFalse();
        Path json = folder.resolve(ConformanceReport.FILE);
        assertThat(folder.resolve(ConformanceReport.FILE + ConformanceReport.CERTIFICATE_SUFFIX))
                .content()
                .startsWith("-----BEGIN CERTIFICATE-----\n");
        Files.writeString(json, Files.readString(json).replace("\"conformant\" : false", "\"conformant\" : true"));
        assertThat(ConformanceReport.read(json).verify(certificate)).isFalse();
        Files.delete(folder.resolve(ConformanceReport.FILE + ConformanceReport.SIGNATURE_SUFFIX));
        assertThat(ConformanceReport.read(json).verify(certificate)).isFalse();
    }

    @Test
    void aSignatureOfAnEarlierRunDoesNotStay() throws Exception {
        key("EC", "keys.p12");
        run(selectClass(GoodExporterSample.class));
        properties.remove(ReportSigner.KEYSTORE);
        assertThat(run(selectClass(GoodExporterSample.class)).isSigned()).isFalse();
    }

    @Test
    void withoutABundleItSaysSo() throws IOException {
        Files.delete(bundle);
        ReportContent content = run(selectClass(GoodExporterSample.class)).content();
        assertThat(content.gaps()).contains("there was no built bundle");
        assertThat(content.bundle().sha256()).isEmpty();
    }

    private X509Certificate key(String algorithm, String file) throws Exception {
        Path keystore = folder.resolve(file);
        Files.deleteIfExists(keystore);
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "me",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=Test",
                        "-validity",
                        "2"))
                .redirectErrorStream(true)
                .start();
        try (InputStream output = keytool.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(text).isZero();
        }
        properties.putIfAbsent(ReportSigner.KEYSTORE, keystore.toString());
        properties.put(ReportSigner.ALIAS, "me");
        return (X509Certificate)
                KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray()).getCertificate("me");
    }

    /** Named so that the build does not run it as a test. */
    static class GoodExporterSample extends ExporterContractTest {

        @Override
        protected Exporter newExporter() {
            return new Counting("Counts states");
        }
    }

    static class BadExporterSample extends ExporterContractTest {

        @Override
        protected Exporter newExporter() {
            return new Counting("");
        }
    }

    @EnabledIfSystemProperty(named = "no.such.property", matches = "x")
    static class SkippedExporterSample extends GoodExporterSample {}

    static class ImpostorSample {

        @Test
        @DisplayName("Law 1, same in, same out: a repeated export has the same bytes")
        void impostor() {
            assertThat(PASSWORD).isNotEmpty();
        }
    }

    private record Counting(String title) implements Exporter {

        @Override
        public PluginDescription description() {
            return new PluginDescription(
                    "counting", title, "Tests", List.of("It only counts"), List.of(), List.of("Nobody 2026"));
        }

        @Override
        public Export begin(String name, Setting setting, ExportTarget target) {
            return new Export() {
                private int states;

                @Override
                public void add(State state) {
                    states++;
                }

                @Override
                public void finish() throws IOException {
                    try (var out = target.create("count.txt")) {
                        out.write(states);
                    }
                }
            };
        }
    }
}
