package org.oncotwin.sdk.conformance.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The bundles on the class path of the tests, of which the framework is made. */
final class ClassPathBundles {

    /** Lists, one symbolic name a line, that the bundle {@code org.oncotwin.sdk.runner} carries. */
    private static final String LIST = "META-INF/oncotwin/bundles.txt";

    private ClassPathBundles() {}

    /**
     * Where the bundles of a working system lie, in the order of the list.
     *
     * @throws IllegalStateException naming those that are missing
     */
    static List<Path> ofARunningSystem() throws IOException {
        Map<String, Path> there = bySymbolicName();
        List<String> missing = new ArrayList<>();
        List<Path> bundles = new ArrayList<>();
        for (String name : wanted()) {
            if (there.containsKey(name)) {
                bundles.add(there.get(name));
            } else {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("bundles are missing on the class path of the tests: " + missing);
        }
        return bundles;
    }

    private static List<String> wanted() throws IOException {
        InputStream list = ClassPathBundles.class.getClassLoader().getResourceAsStream(LIST);
        if (list == null) {
            throw new IllegalStateException("org.oncotwin.sdk.runner is missing on the class path of the tests");
        }
        try (BufferedReader in = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static Map<String, Path> bySymbolicName() throws IOException {
        Map<String, Path> bundles = new LinkedHashMap<>();
        for (URL url : Collections.list(ClassPathBundles.class.getClassLoader().getResources(JarFile.MANIFEST_NAME))) {
            try (InputStream in = url.openStream()) {
                String name = new Manifest(in).getMainAttributes().getValue("Bundle-SymbolicName");
                if (name != null) {
                    bundles.putIfAbsent(name.split(";")[0].trim(), location(url));
                }
            }
        }
        return bundles;
    }

    /** The jar, or the folder of classes, that a manifest lies in. */
    private static Path location(URL manifest) throws IOException {
        try {
            if (manifest.openConnection() instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
            return Path.of(manifest.toURI()).getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
