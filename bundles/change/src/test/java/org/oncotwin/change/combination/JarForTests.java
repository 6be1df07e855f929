package org.oncotwin.change.combination;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A bundle that is made for a test, header by header. */
final class JarForTests {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> entries = new LinkedHashMap<>();

    static JarForTests bundle(String name, String version) {
        return new JarForTests()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", name)
                .header("Bundle-Version", version);
    }

    /** A bundle that declares a growth model and honours an effect port. */
    static JarForTests growth(String id, String version, String port) {
        return bundle("test." + id, version)
                .header(
                        "Provide-Capability",
                        "oncotwin.growth;oncotwin.growth=\"" + id + "\",oncotwin.effect;oncotwin.effect=\"" + port
                                + "\"");
    }

    /** A bundle that declares a treatment and drives an effect port. */
    static JarForTests treatment(String id, String version, String port) {
        return bundle("test." + id, version)
                .header("Provide-Capability", "oncotwin.treatment;oncotwin.treatment=\"" + id + "\"")
                .header("Require-Capability", "oncotwin.effect;filter:=\"(oncotwin.effect=" + port + ")\"");
    }

    JarForTests header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    JarForTests entry(String name, String content) {
        entries.put(name, content);
        return this;
    }

    Path write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return file;
    }

    BundleJar read(Path folder) throws IOException {
        return BundleJar.read(write(
                folder.resolve(headers.get("Bundle-SymbolicName") + "-" + headers.get("Bundle-Version") + ".jar")));
    }
}
