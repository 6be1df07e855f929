package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program as the build has just put it together, run as the {@code oncotwin} script runs it.
 *
 * @param java home of the Java that runs it
 * @param options options of that Java
 * @param environment variables that are set for it, beside those of this process that are not its own
 */
record OncoTwin(Path java, List<String> options, Map<String, String> environment) {
    private static final Path HOME = Path.of(System.getProperty("distribution"));

    static OncoTwin ofThisJava() {
        return new OncoTwin(Path.of(System.getProperty("java.home")), List.of(), Map.of());
    }

    /** For commands that end at once: the quick compiler alone starts in two thirds of the time. */
    static OncoTwin forShortCommands() {
        return ofThisJava().withOptions("-XX:TieredStopAtLevel=1");
    }

    /** The Java of another version that lies beside the one that runs, or that a variable such as JAVA_HOME_25 names. */
    static Optional<OncoTwin> ofJava(int version) throws IOException {
        Path current = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() == version) {
            return Optional.of(ofThisJava());
        }
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME_" + version))
                .map(variable -> Path.of(variable.getValue()));
        try (Stream<Path> neighbours = Files.list(Objects.requireNonNull(current.getParent()))) {
            for (Path candidate : Stream.concat(named, neighbours.sorted()).toList()) {
                if (isVersion(candidate, version)) {
                    List<String> quiet = version >= 23
                            ? List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED")
                            : List.of();
                    return Optional.of(new OncoTwin(candidate, quiet, Map.of()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isVersion(Path home, int version) throws IOException {
        Path release = home.resolve("release");
        return Files.isReadable(release)
                && Files.isExecutable(home.resolve("bin/java"))
                && Files.readString(release).matches("(?s).*JAVA_VERSION=\"" + version + "\\b.*");
    }

    OncoTwin withOptions(String... more) {
        return new OncoTwin(
                java, Stream.concat(options.stream(), Stream.of(more)).toList(), environment);
    }

    OncoTwin withEnvironment(Map<String, String> variables) {
        return new OncoTwin(java, options, variables);
    }

    /** A bundle of the distribution. */
    static Path bundle(String name) throws IOException {
        try (Stream<Path> bundles = Files.list(HOME.resolve("bundles"))) {
            return bundles.filter(b -> b.getFileName().toString().startsWith(name + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What a command left behind. */
    record Outcome(int exitCode, String out, String err) {
        Outcome succeeds() {
            assertThat(exitCode).as("exit code; standard error was:%n%s", err).isZero();
            return this;
        }

        /** Asserts what holds for every error: the exit code, words instead of Java's, and the folders of this machine untold. */
        Outcome failsWith(int code) {
            assertThat(exitCode).as("exit code; standard error was:%n%s", err).isEqualTo(code);
            assertThat(err).isNotBlank();
            assertThat(err + out).doesNotContain("Exception", "\tat ", "internal error", "java.");
            return this;
        }

        /** The lines that this program wrote to standard error. */
        List<String> problems() {
            List<String> lines = err.lines().toList();
            assertThat(lines).allMatch(line -> line.startsWith("oncotwin: "), "starts with the name of the program");
            return lines;
        }
    }

    /** Runs a command to its end in a folder. */
    Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        return start(folder, arguments).end();
    }

    /** Starts a command in a folder. */
    RunningCommand start(Path folder, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(signals());
        line.add(java.resolve("bin/java").toString());
        line.addAll(List.of("-XX:+UseParallelGC", "-XX:-UsePerfData"));
        line.addAll(options);
        line.addAll(List.of(
                "-Doncotwin.home=" + HOME, "-cp", HOME.resolve("launcher") + "/*", "org.oncotwin.launcher.Main"));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile("oncotwin", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ONCOTWIN_") || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new RunningCommand(process, process.errorReader(StandardCharsets.UTF_8), out);
    }

    /** A build that was started in the background hands down that SIGINT is ignored; a person's terminal does not. */
    private static List<String> signals() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return List.of();
        }
        boolean ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        return ignored ? List.of("env", "--default-signal=INT") : List.of();
    }
}
