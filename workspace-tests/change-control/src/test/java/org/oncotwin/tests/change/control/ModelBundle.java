package org.oncotwin.tests.change.control;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.oncotwin.tests.change.control.verhulst.VerhulstGrowth;

/** Makes bundles of the test model: one source, a version and a method each. */
final class ModelBundle {

    static final String NAME = "org.oncotwin.tests.verhulst";

    /** Id of the same model as another plugin, whose bundle has it at the end of its name. */
    static final String SECOND = "second";

    /** The methods of the story. */
    static final String COARSE = "method=euler\nstep=0.01\n";

    static final String BETTER = "method=runge-kutta\nstep=0.1\n";
    static final String WORSE = "method=euler\nstep=5\n";
    static final String OTHER_QUANTITY = "method=runge-kutta\nstep=0.1\nmore=yes\n";
    static final String BIASED = "method=runge-kutta\nstep=0.1\nbias=0.002\n";

    /** As the better one, but fails with {@link VerhulstGrowth#FAILURE}. */
    static final String FRAGILE = "method=runge-kutta\nstep=0.1\nfragile=yes\n";

    private static Map<String, byte[]> classes;

    private ModelBundle() {}

    /** An unsigned bundle in a folder, named as feature files expect it. */
    static Path build(Path folder, String version, String method) throws IOException {
        return build(folder, NAME, version, method, entry -> entry);
    }

    /** A bundle of the second plugin. */
    static Path second(Path folder, String version, String method) throws IOException {
        return build(folder, NAME + "." + SECOND, version, method + "id=" + SECOND + "\n", ModelBundle::renamed);
    }

    private static String renamed(String declaration) {
        return declaration
                .replace("\"verhulst\"", '"' + SECOND + '"')
                .replace("oncotwin.growth=verhulst", "oncotwin.growth=" + SECOND);
    }

    private static Path build(Path folder, String name, String version, String method, UnaryOperator<String> declared)
            throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(classes());
        entries.put(VerhulstGrowth.FILE, method.getBytes(StandardCharsets.US_ASCII));
        Manifest manifest = new Manifest();
        try (InputStream in = new java.io.ByteArrayInputStream(entries.remove("META-INF/MANIFEST.MF"))) {
            manifest.read(in);
        }
        manifest.getMainAttributes().replaceAll((header, value) -> declared.apply((String) value));
        entries.replaceAll((entry, bytes) -> entry.startsWith("OSGI-INF/")
                ? declared.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
                : bytes);
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        Path jar = Files.createDirectories(folder).resolve(name + "-" + version + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    /** What bnd makes of the class, once: all versions differ in the manifest and a file alone. */
    private static synchronized Map<String, byte[]> classes() throws IOException {
        if (classes == null) {
            Map<String, byte[]> made = new LinkedHashMap<>();
            try (JarInputStream in = new JarInputStream(new java.io.ByteArrayInputStream(bnd()))) {
                ByteArrayOutputStream manifest = new ByteArrayOutputStream();
                in.getManifest().write(manifest);
                made.put("META-INF/MANIFEST.MF", manifest.toByteArray());
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    if (!entry.isDirectory()) {
                        made.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
            classes = made;
        }
        return classes;
    }

    private static byte[] bnd() {
        try (Builder builder = new Builder()) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (new File(entry).exists()) {
                    builder.addClasspath(new File(entry));
                }
            }
            builder.setProperty("Bundle-SymbolicName", NAME);
            builder.setProperty("Bundle-Version", "0");
            builder.setProperty("Private-Package", VerhulstGrowth.class.getPackageName());
            try (Jar jar = builder.build()) {
                if (!builder.isOk()) {
                    throw new IllegalStateException("bnd: " + builder.getErrors() + builder.getWarnings());
                }
                jar.putResource(VerhulstGrowth.FILE, new EmbeddedResource(new byte[0], 0));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                jar.write(out);
                return out.toByteArray();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the bundle of the test model cannot be made", e);
        }
    }
}
