package org.oncotwin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the launcher as people do: as a process of its own. */
class MainTest {
    private static final String COMMANDS = "org.oncotwin.launcher.fixture.";

    @TempDir
    Path folder;

    private Path home;
    private Path temporary;
    private Path plugins;
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void distribution() throws Exception {
        home = folder.resolve("a home with spaces");
        temporary = Files.createDirectories(folder.resolve("temporary"));
        plugins = Files.createDirectories(folder.resolve("plugins"));
        ids.add(TestBundles.copy(home.resolve("bundles"), "org.apache.felix.configadmin"));
        ids.add(TestBundles.copy(home.resolve("bundles"), "org.apache.felix.scr"));
        Files.createDirectories(home.resolve("features"));
        feature("oncotwin-shell", List.of());
        feature("oncotwin-site", List.of());
    }

    private void feature(String name, List<String> bundles) throws IOException {
        String list = bundles.stream().map(id -> "{\"id\": \"" + id + "\"}").collect(Collectors.joining(","));
        Files.writeString(
                home.resolve("features").resolve(name + ".json"),
                "{\"id\": \"test:" + name + ":1\", \"bundles\": [" + list + "]}");
    }

    private void command(String name) throws Exception {
        TestBundles.make(home.resolve("bundles"), name, Map.of("-privatepackage", COMMANDS + name));
        ids.add("test:" + name + ":1.0");
        feature("oncotwin", ids);
    }

    private ProcessBuilder launcher(Path java, List<String> options, String... line) {
        List<String> words = new ArrayList<>();
        words.add(java.resolve("bin/java").toString());
        words.addAll(options);
        words.addAll(List.of(
                "-Djava.io.tmpdir=" + temporary,
                "-Doncotwin.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(line));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("ONCOTWIN_") || name.startsWith("JAVA_TOOL"));
        builder.redirectError(folder.resolve("errors").toFile());
        return builder;
    }

    /** The framework uses a part of sun.misc.Unsafe that Java warns about from version 24 on; see the script oncotwin. */
    private static List<String> options(int version) {
        return version < 23 ? List.of() : List.of("--sun-misc-unsafe-memory-access=allow");
    }

    private ProcessBuilder launcher(String... line) {
        return launcher(
                Path.of(System.getProperty("java.home")),
                options(Runtime.version().feature()),
                line);
    }

    private static int exitCode(Process process) throws InterruptedException {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("ended within a minute").isTrue();
        return process.exitValue();
    }

    private List<String> errors() throws IOException {
        return Files.readAllLines(folder.resolve("errors"));
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            // Java keeps a folder of its own for tools that want to attach to a process.
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("oncotwin-"));
        }
    }

    @Tag("SR-801")
    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void startsOnJava(int version) throws Exception {
        Optional<Path> java = JavaHomes.version(version);
        assumeTrue(java.isPresent(), () -> {
            System.out.println("Java " + version + " is not installed here: the launcher is not tested on it");
            return "no Java " + version + " on this machine";
        });
        command("command");
        assertThat(exitCode(launcher(java.get(), options(version), "one", "two", "three")
                        .start()))
                .isEqualTo(3);
        assertThat(errors()).isEmpty();

        Process check = launcher(java.get(), options(version), "--check").start();
        List<String> lines = check.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(exitCode(check)).isZero();
        assertThat(lines).hasSize(4).allMatch(line -> line.startsWith("active "));
        assertNothingIsLeft();
    }

    @Test
    void aFailureIsOneLineAndATraceOnlyOnRequest() throws Exception {
        command("command");
        assertThat(exitCode(launcher("fail").start())).isEqualTo(70);
        assertThat(errors()).containsExactly("oncotwin: the command failed: this command always fails");

        ProcessBuilder debugging = launcher("fail");
        debugging.environment().put("ONCOTWIN_DEBUG", "1");
        assertThat(exitCode(debugging.start())).isEqualTo(70);
        assertThat(errors()).anyMatch(line -> line.contains("at " + COMMANDS + "command.EchoCommand.call"));
        assertNothingIsLeft();
    }

    @Test
    void pluginsComeFromTheEnvironmentAndFromTheCommandLine() throws Exception {
        command("command");
        Path more = Files.createDirectories(folder.resolve("more"));
        TestBundles.make(plugins, "from.environment", Map.of("Provide-Capability", "example.port"));
        TestBundles.make(more, "from.option", Map.of("Provide-Capability", "example.port"));
        ProcessBuilder builder = launcher("--plugins", more.toString(), "--check");
        builder.environment().put("ONCOTWIN_PLUGINS", plugins.toString());
        Process check = builder.start();
        List<String> lines = check.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(exitCode(check)).isZero();
        assertThat(lines).contains("active     from.environment 1.0.0", "active     from.option 1.0.0");
        assertNothingIsLeft();
    }

    @Tag("SR-803")
    @Test
    void aTerminationReachesTheCommand() throws Exception {
        command("blocking");
        Process process = launcher().start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("ready");
            // Not Process.destroy(), which would close the output too.
            process.toHandle().destroy();
            assertThat(output.readLine()).isEqualTo("tidied up");
        }
        // 128 + SIGTERM, as for any process that is ended by this signal.
        assertThat(exitCode(process)).isEqualTo(143);
        assertThat(errors()).isEmpty();
        assertNothingIsLeft();
    }

    @Tag("SR-802")
    @Test
    void aBrokenInstallationIsOneLine() throws Exception {
        command("command");
        feature("oncotwin", List.of("test:absent:1.0"));
        assertThat(exitCode(launcher("demo").start())).isEqualTo(70);
        assertThat(errors()).containsExactly("oncotwin: bundle absent-1.0.jar of feature test:oncotwin:1 is missing");
        assertNothingIsLeft();
    }
}
