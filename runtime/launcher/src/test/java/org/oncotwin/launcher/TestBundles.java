package org.oncotwin.launcher;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Makes bundles for the tests, and finds those of others on the class path of the tests. */
final class TestBundles {
    private TestBundles() {}

    /**
     * Makes a bundle from the given headers, with classes of the test class path.
     *
     * @return the file, named after the symbolic name, version 1.0
     */
    static Path make(Path folder, String symbolicName, Map<String, String> headers) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(symbolicName);
            builder.setBundleVersion("1.0.0");
            builder.setProperty("-noimportjava", "true");
            builder.setProperty("-resourceonly", "true");
            headers.forEach(builder::setProperty);
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                builder.addClasspath(new File(entry));
            }
            Path file = Files.createDirectories(folder).resolve(symbolicName + "-1.0.jar");
            try (Jar jar = builder.build()) {
                if (!builder.getErrors().isEmpty()) {
                    throw new IllegalStateException(builder.getErrors().toString());
                }
                jar.write(file.toFile());
            }
            return file;
        }
    }

    /** Copies the jar of that artifact from the class path of the tests, and gives its coordinates for a feature. */
    static String copy(Path folder, String artifact) throws Exception {
        Path jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().matches(artifact + "-[0-9].*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(artifact + " is not on the class path"));
        String name = jar.getFileName().toString();
        Files.copy(jar, Files.createDirectories(folder).resolve(name));
        return "org.apache.felix:" + artifact + ":"
                + name.substring(artifact.length() + 1, name.length() - ".jar".length());
    }
}
