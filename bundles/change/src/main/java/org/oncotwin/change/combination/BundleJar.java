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
    static final long MOST_BYTES = 1L << 28;

    private static final int MOST_ENTRIES = 100_000;

    /**
     * Reads a jar.
     *
     * @throws InvalidInputException if it is not a bundle, or not one that can be trusted to be read by all in the same way: with entries twice or outside
     */
    public static BundleJar read(Path file) throws IOException {
        return read(file, file.getFileName().toString());
    }

    /**
     * Reads a jar that people know by another name than that of the file.
     *
     * @throws InvalidInputException as {@link #read(Path)}, under that name
     */
    public static BundleJar read(Path file, String label) throws IOException {
        refuseAmbiguity(file, label);
        try (JarFile jar = open(file)) {
            Manifest manifest = jar.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null || name.isBlank()) {
                throw new InvalidInputException(
                        label, "is not an OSGi bundle: its manifest has no Bundle-SymbolicName");
            }
            BundleJar bundle = new BundleJar(
                    file,
                    Parser.parseHeader(name)[0].getName(),
                    Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION)),
                    clauses(headers, Constants.PROVIDE_CAPABILITY),
                    clauses(headers, Constants.REQUIRE_CAPABILITY),
                    clauses(headers, Constants.IMPORT_PACKAGE),
                    clauses(headers, Constants.EXPORT_PACKAGE));
            // Versions that cannot be read are found here, and not by whoever compares them.
            bundle.imports().forEach(BundleJar::range);
            bundle.exports().forEach(BundleJar::version);
            return bundle;
        } catch (InvalidInputException ours) {
            throw ours;
        } catch (IllegalArgumentException malformed) {
            throw new InvalidInputException(label, "its manifest cannot be read: " + malformed.getMessage());
        }
    }

    /** Without its signature, which is checked elsewhere and by other rules. */
    private static JarFile open(Path file) throws IOException {
        return new JarFile(file.toFile(), false);
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
        List<String> found = new ArrayList<>();
        try (JarFile jar = open(file);
                InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            jar.stream().forEach(entry -> listed.add(entry.getName()));
            long bytes = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                found.add(entry.getName());
                bytes += compare(zip, jar, entry.getName(), MOST_BYTES - bytes, label);
                if (found.size() > MOST_ENTRIES) {
                    throw tooLarge(label);
                }
            }
        } catch (InvalidInputException ours) {
            throw ours;
        } catch (IOException | IllegalArgumentException damaged) {
            throw new InvalidInputException(label, "is damaged or no jar: " + damaged.getMessage());
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
            throw ambiguous(label);
        }
    }

    /** Reads the entry at which a stream stands beside the one of its name in the directory. Returns its length. */
    private static long compare(ZipInputStream zip, JarFile jar, String name, long most, String label)
            throws IOException {
        ZipEntry listed = jar.getEntry(name);
        long bytes = 0;
        try (InputStream other = listed == null ? InputStream.nullInputStream() : jar.getInputStream(listed)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
                bytes += n;
                if (bytes > most) {
                    throw tooLarge(label);
                }
                if (listed != null && !Arrays.equals(other.readNBytes(n), Arrays.copyOf(buffer, n))) {
                    throw ambiguous(label);
                }
            }
            if (other.read() >= 0) {
                throw ambiguous(label);
            }
        }
        return bytes;
    }

    private static InvalidInputException tooLarge(String label) {
        return new InvalidInputException(
                label,
                "unpacks to more than a plugin ever has; allowed are " + (MOST_BYTES >> 20) + " MiB and " + MOST_ENTRIES
                        + " entries");
    }

    private static InvalidInputException ambiguous(String label) {
        return new InvalidInputException(label, "its directory lists other entries than it has");
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
            case PHARMACOKINETICS -> "oncotwin.pharmacokinetics";
            case TOXICITY -> "oncotwin.toxicity";
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

    /** Version of an export; 0 if none is written. */
    static Version version(Clause clause) {
        return Version.parseVersion(clause.getAttribute(Constants.VERSION_ATTRIBUTE));
    }

    /** Name and version for people. */
    public String words() {
        return name + " " + version;
    }
}
