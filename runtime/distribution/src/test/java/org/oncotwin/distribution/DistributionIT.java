package org.oncotwin.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people run, as the build has just put it together. */
@Tag("SR-801")
class DistributionIT {
    private static final Path HOME = Path.of(System.getProperty("distribution"));
    private static final Pattern BUNDLE = Pattern.compile("\"id\": \"[^:\"]+:([^:\"]+):([^:\"]+)\" }");

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everyBundleIsNamedByAFeatureAndEveryNamedBundleIsThere() throws Exception {
        Set<String> named = new TreeSet<>();
        for (String feature : names(HOME.resolve("features"))) {
            Matcher bundle =
                    BUNDLE.matcher(Files.readString(HOME.resolve("features").resolve(feature)));
            while (bundle.find()) {
                named.add(bundle.group(1) + "-" + bundle.group(2) + ".jar");
            }
        }
        assertThat(named).isNotEmpty().isEqualTo(names(HOME.resolve("bundles")));
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void everyBundleIsActiveAndEveryComponentSatisfied(int version) throws Exception {
        Optional<Path> java = javaHome(version);
        assumeTrue(java.isPresent(), () -> {
            System.out.println("Java " + version + " is not installed here: the distribution is not tested on it");
            return "no Java " + version + " on this machine";
        });
        List<String> line = new ArrayList<>();
        line.add(java.get().resolve("bin/java").toString());
        if (version >= 23) {
            line.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        line.addAll(List.of(
                "-Doncotwin.home=" + HOME,
                "-cp",
                HOME.resolve("launcher") + "/*",
                "org.oncotwin.launcher.Main",
                "--check"));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().removeIf(name -> name.startsWith("ONCOTWIN_") || name.startsWith("JAVA_TOOL"));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        List<String> output =
                process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        // The framework itself, and one line for each bundle: nothing else, neither a warning nor a component.
        assertThat(output)
                .allMatch(text -> text.startsWith("active "))
                .hasSize(1 + names(HOME.resolve("bundles")).size());
        assertThat(process.exitValue()).isZero();
    }

    /** The Java that runs, one beside it, or one named by a variable such as JAVA_HOME_25. */
    private static Optional<Path> javaHome(int version) throws IOException {
        Path current = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() == version) {
            return Optional.of(current);
        }
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME_" + version))
                .map(variable -> Path.of(variable.getValue()));
        try (Stream<Path> neighbours = Files.list(Objects.requireNonNull(current.getParent()))) {
            List<Path> candidates = Stream.concat(named, neighbours.sorted()).toList();
            for (Path candidate : candidates) {
                Path release = candidate.resolve("release");
                if (Files.isReadable(release)
                        && Files.isExecutable(candidate.resolve("bin/java"))
                        && Files.readString(release).matches("(?s).*JAVA_VERSION=\"" + version + "\\b.*")) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }
}
