package org.oncotwin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path bundles;
    private Path plugins;
    private Path temporary;
    private final List<String> ids = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();

    @BeforeEach
    void bundlesOfTheRuntime() throws Exception {
        bundles = folder.resolve("bundles");
        plugins = Files.createDirectories(folder.resolve("plugins"));
        ids.add(TestBundles.copy(bundles, "org.apache.felix.configadmin"));
        ids.add(TestBundles.copy(bundles, "org.apache.felix.scr"));
        temporary = Files.createDirectories(folder.resolve("temporary"));
    }

    private void bundle(String name, Map<String, String> headers) throws Exception {
        TestBundles.make(bundles, name, headers);
        ids.add("test:" + name + ":1.0");
    }

    private void echoCommand() throws Exception {
        bundle("echo", Map.of("-privatepackage", "org.oncotwin.launcher.fixture.command"));
    }

    private Container start(List<FeatureConfiguration> configurations, String... line) throws LaunchException {
        Feature feature = new Feature(
                "test:test:1", "test", ids.stream().map(ArtifactId::parse).toList(), configurations);
        Installation installation = new Installation(bundles, folder, folder, temporary, false);
        return Container.start(installation, feature, Arguments.parse(plugins.toString(), line), messages::add);
    }

    private List<String> states(Container container) {
        List<String> lines = new ArrayList<>();
        container.check(lines::add);
        return lines;
    }

    @Test
    void handsTheCommandLineOverAndReturnsTheExitCode() throws Exception {
        echoCommand();
        try (Container container = start(List.of(), "run", "case.json", "--json")) {
            assertThat(container.runCommand(LONG_ENOUGH)).isEqualTo(3);
            assertThat(states(container)).hasSize(4).allMatch(line -> line.startsWith("active "));
        }
        assertThat(messages).isEmpty();
    }

    @Test
    void anEmptyCommandLineIsHandedOverToo() throws Exception {
        echoCommand();
        try (Container container = start(List.of())) {
            assertThat(container.runCommand(LONG_ENOUGH)).isZero();
        }
    }

    @Test
    void configurationsAreThereBeforeTheComponents() throws Exception {
        echoCommand();
        FeatureConfiguration configuration =
                new FeatureConfiguration("fixture.echo", Optional.empty(), Map.of("addend", 40));
        try (Container container = start(List.of(configuration), "one", "two")) {
            assertThat(container.runCommand(LONG_ENOUGH)).isEqualTo(42);
        }
    }

    @Test
    void configurationsWithoutConfigurationAdminAreAnError() throws Exception {
        ids.remove(0);
        FeatureConfiguration configuration = new FeatureConfiguration("pid", Optional.empty(), Map.of("a", 1));
        assertThatThrownBy(() -> start(List.of(configuration)).close())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no bundle of it offers ConfigurationAdmin");
    }

    @Test
    void aFailingCommandIsReportedInOneLine() throws Exception {
        echoCommand();
        try (Container container = start(List.of(), "fail")) {
            assertThatThrownBy(() -> container.runCommand(LONG_ENOUGH))
                    .isInstanceOf(LaunchException.class)
                    .hasMessage("the command failed: this command always fails");
        }
    }

    @Test
    void saysWhichServiceACommandWaitsFor() throws Exception {
        bundle("waiting", Map.of("-privatepackage", "org.oncotwin.launcher.fixture.waiting"));
        try (Container container = start(List.of())) {
            assertThatThrownBy(() -> container.runCommand(Duration.ofMillis(10)))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining(
                            "component waiting waits for service java.util.concurrent.Executor (speed=high)");
        }
    }

    @Tag("SR-802")
    @Test
    void aFeatureThatLacksABundleFileDoesNotStart() {
        ids.add("test:absent:3.0");
        assertThatThrownBy(() -> start(List.of()).close())
                .isInstanceOf(LaunchException.class)
                .hasMessage("bundle absent-3.0.jar of feature test is missing");
    }

    @Tag("SR-802")
    @Test
    void aFeatureWhoseBundleDoesNotResolveDoesNotStart() throws Exception {
        bundle("needy", Map.of("Import-Package", "org.example.absent;version='[1,2)'"));
        assertThatThrownBy(() -> start(List.of()).close())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("bundle needy 1.0.0 needs package")
                .hasMessageContaining("org.example.absent")
                .hasMessageContaining("which nothing provides");
    }

    @Tag("SR-802")
    @Test
    void aPluginThatCannotResolveIsReportedAndTheOthersRun() throws Exception {
        echoCommand();
        TestBundles.make(plugins, "a.broken", Map.of("Import-Package", "org.example.absent;version='[2,3)'"));
        TestBundles.make(plugins, "b.capability", Map.of("Require-Capability", "example.port;filter:='(port=kill)'"));
        TestBundles.make(plugins, "c.good", Map.of("Provide-Capability", "example.other;port=kill"));
        try (Container container = start(List.of(), "word")) {
            assertThat(messages)
                    .containsExactly(
                            "plugin a.broken-1.0.jar is left out: bundle a.broken 1.0.0 needs package"
                                    + " (&(osgi.wiring.package=org.example.absent)(version>=2.0.0)(!(version>=3.0.0))),"
                                    + " which nothing provides",
                            "plugin b.capability-1.0.jar is left out: bundle b.capability 1.0.0 needs capability"
                                    + " example.port (port=kill), which nothing provides");
            assertThat(states(container))
                    .anyMatch(line -> line.matches("active +c.good 1.0.0"))
                    .anyMatch(line -> line.matches("NOT ACTIVE +a.broken 1.0.0"));
            assertThat(container.runCommand(LONG_ENOUGH)).isEqualTo(1);
        }
    }

    @Test
    void pluginsMayNeedEachOtherInAnyOrder() throws Exception {
        TestBundles.make(plugins, "a.user", Map.of("Require-Capability", "example.port;filter:='(port=kill)'"));
        TestBundles.make(plugins, "b.provider", Map.of("Provide-Capability", "example.port;port=kill"));
        try (Container container = start(List.of())) {
            assertThat(states(container)).allMatch(line -> line.startsWith("active "));
        }
        assertThat(messages).isEmpty();
    }

    @Test
    void aFileThatIsNoBundleIsReported() throws Exception {
        Files.writeString(plugins.resolve("text.jar"), "not a jar");
        try (java.util.jar.JarOutputStream jar =
                new java.util.jar.JarOutputStream(Files.newOutputStream(plugins.resolve("plain.jar")))) {
            jar.putNextEntry(new java.util.zip.ZipEntry("file.txt"));
        }
        try (Container container = start(List.of())) {
            assertThat(states(container)).hasSize(3);
        }
        assertThat(messages)
                .hasSize(2)
                .anyMatch(line -> line.startsWith("plugin plain.jar is left out: it is not an OSGi bundle"))
                .anyMatch(line -> line.startsWith("plugin text.jar is left out: it cannot be read as a jar"));
    }

    @Test
    void aPluginThatIsThereTwiceIsReported() throws Exception {
        Path jar = TestBundles.make(plugins, "twin", Map.of("Provide-Capability", "example.port;port=kill"));
        Files.copy(jar, plugins.resolve("twin.again-1.0.jar"));
        try (Container container = start(List.of())) {
            assertThat(states(container)).allMatch(line -> line.startsWith("active "));
        }
        assertThat(messages)
                .hasSize(1)
                .first()
                .asString()
                .isEqualTo(
                        "plugin twin.again-1.0.jar is left out: a bundle of the same name and version is installed already");
    }

    @Test
    void aPluginsFolderThatDoesNotExistIsAUsageError() {
        plugins = folder.resolve("absent");
        assertThatThrownBy(() -> start(List.of()).close())
                .isInstanceOfSatisfying(LaunchException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(2))
                .hasMessageContaining("absent does not exist");
    }

    @Test
    void eachContainerHasACacheOfItsOwnAndNothingIsLeftOfIt() throws Exception {
        Container first = start(List.of());
        Container second = start(List.of());
        try (Stream<Path> caches = Files.list(temporary)) {
            assertThat(caches).hasSize(2);
        }
        first.close();
        second.close();
        second.close();
        try (Stream<Path> caches = Files.list(temporary)) {
            assertThat(caches).isEmpty();
        }
        assertThat(messages).isEmpty();
    }

    @Test
    void nothingIsLeftOfAContainerThatDoesNotStart() throws Exception {
        ids.add("test:absent:3.0");
        assertThatThrownBy(() -> start(List.of()).close()).isInstanceOf(LaunchException.class);
        try (Stream<Path> caches = Files.list(temporary)) {
            assertThat(caches).isEmpty();
        }
    }
}
