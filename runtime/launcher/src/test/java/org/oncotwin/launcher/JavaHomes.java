package org.oncotwin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds the Java versions of this machine: the one that runs, its neighbours, and JAVA_HOME_17, JAVA_HOME_25 and the like. */
final class JavaHomes {
    private JavaHomes() {}

    /** Home of a Java with that feature version. */
    static Optional<Path> version(int feature) throws IOException {
        Path current = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() == feature) {
            return Optional.of(current);
        }
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME_" + feature))
                .map(Map.Entry::getValue)
                .map(Path::of);
        try (Stream<Path> neighbours = Files.list(Objects.requireNonNull(current.getParent()))) {
            List<Path> candidates = Stream.concat(named, neighbours.sorted()).toList();
            return candidates.stream().filter(home -> isVersion(home, feature)).findFirst();
        }
    }

    private static boolean isVersion(Path home, int feature) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return false;
        }
        Properties properties = new Properties();
        try (InputStream stream = Files.newInputStream(release)) {
            properties.load(stream);
        } catch (IOException unreadable) {
            return false;
        }
        return properties.getProperty("JAVA_VERSION", "").matches("\"" + feature + "\\b.*");
    }
}
