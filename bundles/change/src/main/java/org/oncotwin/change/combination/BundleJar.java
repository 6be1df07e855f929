package org.oncotwin.change.combination;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginKind;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What a bundle's manifest declares.
 *
 * @param file the jar
 * @param name symbolic name
 * @param version its version
 * @param capabilities clauses of Provide-Capability
 * @param requirements clauses of Require-Capability
 * @param imports clauses of Import-Package
 * @param exports clauses of Export-Package
 */
public record BundleJar(
        Path file,
        String name,
        Version version,
        List<Clause> capabilities,
        List<Clause> requirements,
        List<Clause> imports,
        List<Clause> exports) {

    /** Namespace of effect ports that a growth model honours. */
    static final String EFFECT = "oncotwin.effect";

    /** A jar may not unpack to more than this; plugins have some hundred kilobytes. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int MOST_ENTRIES = 100_000;

    /**
     * Reads a jar.
     *
     * @throws InvalidInputException if it is not a bundle, or not one that can be trusted to be read by all in the same way: with entries twice or outside
     */
    public static BundleJar read(Path file) throws IOException {
        String label = file.getFileName().toString();
        refuseAmbiguity(file, label);
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null) {
                throw new InvalidInputException(
                        label, "is not an OSGi bundle: its manifest has no Bundle-SymbolicName");
            }
            return new BundleJar(
                    file,
                    Parser.parseHeader(name)[0].getName(),
                    Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION)),
                    clauses(headers, Constants.PROVIDE_CAPABILITY),
                    clauses(headers, Constants.REQUIRE_CAPABILITY),
                    clauses(headers, Constants.IMPORT_PACKAGE),
                    clauses(headers, Constants.EXPORT_PACKAGE));
        } catch (IllegalArgumentException malformed) {
            throw new InvalidInputException(label, "its manifest cannot be read: " + malformed.getMessage());
        }
    }

    private static List<Clause> clauses(Attributes headers, String header) {
        String value = headers.getValue(header);
        return value == null ? List.of() : Arrays.asList(Parser.parseHeader(value));
    }

    /**
     * The entries as they follow each other in the file against those of the directory at its end: who reads the one must find what was checked in the other.
     */
    private static void refuseAmbiguity(Path file, String label) throws IOException {
        List<String> listed = new ArrayList<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            jar.stream().forEach(entry -> listed.add(entry.getName()));
        } catch (IOException unreadable) {
            throw new InvalidInputException(label, "cannot be read as a jar: " + unreadable.getMessage());
        }
        List<String> found = new ArrayList<>();
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                found.add(entry.getName());
                for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
                    bytes += n;
                }
                if (bytes > MOST_BYTES || found.size() > MOST_ENTRIES) {
                    throw new InvalidInputException(label, "unpacks to more than a plugin ever has");
                }
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new InvalidInputException(label, "is damaged: " + damaged.getMessage());
        }
        Set<String> once = new HashSet<>();
        for (String name : found) {
            if (!once.add(name)) {
                throw new InvalidInputException(label, "has the entry '" + name + "' twice");
            }
            if (name.startsWith("/")
                    || name.contains("\\")
                    || Arrays.asList(name.split("/")).contains("..")) {
                throw new InvalidInputException(label, "has an entry that leads out of it: '" + name + "'");
            }
        }
        if (!new HashSet<>(listed).equals(once) || listed.size() != found.size()) {
            throw new InvalidInputException(label, "its directory lists other entries than it has");
        }
    }

    /** True if it declares a plugin. */
    public boolean offers(PluginKind kind, String id) {
        String namespace = namespace(kind);
        return capabilities.stream()
                .anyMatch(c -> c.getName().equals(namespace) && id.equals(c.getAttribute(namespace)));
    }

    static String namespace(PluginKind kind) {
        return switch (kind) {
            case GROWTH -> "oncotwin.growth";
            case TREATMENT -> "oncotwin.treatment";
            case SOLVER -> "oncotwin.solver";
            case EXPORT -> "oncotwin.export";
        };
    }

    /** Effect ports that its growth models honour. */
    List<String> honouredEffects() {
        return capabilities.stream()
                .filter(c -> c.getName().equals(EFFECT))
                .map(c -> c.getAttribute(EFFECT))
                .toList();
    }

    /** Version range of an import; any if none is written. */
    static VersionRange range(Clause clause) {
        return new VersionRange(Optional.ofNullable(clause.getAttribute(Constants.VERSION_ATTRIBUTE))
                .orElse("0.0.0"));
    }

    /** Name and version for people. */
    public String words() {
        return name + " " + version;
    }
}
