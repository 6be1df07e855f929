package org.oncotwin.sdk.conformance.manifest;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import aQute.bnd.version.Version;
import aQute.bnd.version.VersionRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks a built bundle against every {@link BundleRule}. It reads the file and runs nothing of it. */
public final class BundleRules {

    /** What a plugin may stand on: contracts, the JDK, the component runtime, and libraries for numbers. */
    private static final Pattern ALLOWED_IMPORTS = Pattern.compile(
            "org\\.oncotwin\\.api\\..+|javax?\\..+|org\\.w3c\\.dom(\\..+)?|org\\.xml\\.sax(\\..+)?|org\\.osgi\\.service\\.component(\\..+)?"
                    + "|org\\.apache\\.commons\\.(math3|rng)(\\..+)?");

    private static final String CONTRACTS = "org.oncotwin.api.";

    /** Service of each kind of plugin, by the namespace of its capability. */
    private static final Map<String, String> SERVICES = Map.of(
            "oncotwin.growth", "org.oncotwin.api.growth.GrowthModel",
            "oncotwin.treatment", "org.oncotwin.api.treatment.TreatmentModality",
            "oncotwin.pharmacokinetics", "org.oncotwin.api.pharmacokinetics.PharmacokineticModel",
            "oncotwin.toxicity", "org.oncotwin.api.toxicity.ToxicityModel",
            "oncotwin.export", "org.oncotwin.api.export.Exporter",
            "oncotwin.scene", "org.oncotwin.api.scene.SceneExporter");

    private static final List<String> FORBIDDEN_HEADERS = List.of(
            "Bundle-Activator",
            "ExtensionBundle-Activator",
            "DynamicImport-Package",
            "Require-Bundle",
            "Fragment-Host",
            "Bundle-NativeCode",
            "Bundle-ClassPath",
            "Multi-Release");

    private static final int CLASS_FILE_MAGIC = 0xCAFEBABE;
    private static final int JAVA_17 = 61;
    private static final int PREVIEW = 0xFFFF;

    private final Archive archive;
    private final List<BundleProblem> problems = new ArrayList<>();

    private BundleRules(Archive archive) {
        this.archive = archive;
    }

    /**
     * Everything that is wrong with a bundle.
     *
     * @param jar the built file
     * @throws IOException if it cannot be read as an archive
     */
    public static List<BundleProblem> check(Path jar) throws IOException {
        BundleRules rules = new BundleRules(Archive.read(jar));
        rules.identity();
        rules.exports();
        rules.imports();
        rules.capabilities();
        rules.ties();
        rules.archive();
        rules.classFiles();
        return List.copyOf(rules.problems);
    }

    private void broken(BundleRule rule, String problem) {
        problems.add(new BundleProblem(rule, problem));
    }

    private Parameters header(String name) {
        return new Parameters(archive.header(name).orElse(""));
    }

    private void identity() {
        String name = archive.header("Bundle-SymbolicName").orElse("");
        if (name.isBlank()) {
            broken(
                    BundleRule.IDENTITY,
                    "Bundle-SymbolicName is missing; allowed is a name such as org.example.model.mine");
        }
        String version = archive.header("Bundle-Version").orElse("");
        if (!Version.isVersion(version)) {
            broken(BundleRule.IDENTITY, "Bundle-Version is '" + version + "'; allowed is a version such as 1.2.0");
        } else if (Version.parseVersion(version).getWithoutQualifier().equals(Version.emptyVersion)) {
            broken(
                    BundleRule.IDENTITY,
                    "Bundle-Version is " + version + "; allowed is a version whose numbers are above 0.0.0");
        }
        if (!archive.header("Bundle-ManifestVersion").orElse("").equals("2")) {
            broken(BundleRule.IDENTITY, "Bundle-ManifestVersion is not 2, so the file is not a bundle");
        }
    }

    private void exports() {
        for (String exported : header("Export-Package").keySet()) {
            broken(BundleRule.NOTHING_EXPORTED, "package " + exported + " is exported; allowed is none");
        }
    }

    private void imports() {
        header("Import-Package").forEach((name, attributes) -> {
            if (!ALLOWED_IMPORTS.matcher(name).matches()) {
                broken(
                        BundleRule.IMPORTS,
                        "package " + name
                                + " is imported; allowed are org.oncotwin.api, the JDK, org.apache.commons.math3 and org.apache.commons.rng."
                                + " Other libraries travel inside the bundle (Private-Package)");
            } else if (name.startsWith(CONTRACTS) && !ends(attributes)) {
                broken(
                        BundleRule.IMPORTS,
                        "package " + name + " is imported in version '" + attributes.getVersion()
                                + "'; allowed is a range that ends, such as [1.0,2)");
            }
        });
    }

    private static boolean ends(Attrs attributes) {
        String range = attributes.getVersion();
        return range != null
                && VersionRange.isVersionRange(range)
                && VersionRange.parseVersionRange(range).isRange();
    }

    private void capabilities() {
        Parameters provided = header("Provide-Capability");
        Set<String> kinds = new TreeSet<>();
        for (Map.Entry<String, Attrs> capability : provided.entrySet()) {
            // bnd marks a namespace that is there again by tildes.
            String namespace = capability.getKey().replaceAll("~+$", "");
            if (SERVICES.containsKey(namespace)) {
                kinds.add(namespace);
                if (capability.getValue().getOrDefault(namespace, "").isBlank()) {
                    broken(BundleRule.CAPABILITY, "capability " + namespace + " has no id");
                }
            }
        }
        if (kinds.isEmpty()) {
            broken(
                    BundleRule.CAPABILITY,
                    "no capability says what the bundle is; allowed are " + new TreeSet<>(SERVICES.keySet())
                            + ", which @GrowthModelPlugin, @TreatmentModalityPlugin and @ExporterPlugin give");
        }
        components(kinds);
    }

    private void components(Set<String> kinds) {
        StringBuilder descriptions = new StringBuilder();
        Set<String> files = header("Service-Component").keySet();
        for (String file : files) {
            byte[] content = archive.entries().get(file);
            if (content == null) {
                broken(BundleRule.COMPONENT, "component " + file + " is named in the manifest and not in the archive");
            } else {
                descriptions.append(new String(content, StandardCharsets.UTF_8));
            }
        }
        if (files.isEmpty()) {
            broken(BundleRule.COMPONENT, "Service-Component is missing; allowed is at least one @Component");
        }
        for (String kind : kinds) {
            String service = SERVICES.get(kind);
            if (descriptions.indexOf("interface=\"" + service + "\"") < 0) {
                broken(BundleRule.COMPONENT, "capability " + kind + " has no component with the service " + service);
            }
        }
    }

    private void ties() {
        for (String name : FORBIDDEN_HEADERS) {
            archive.header(name)
                    .ifPresent(value -> broken(
                            BundleRule.NO_OTHER_TIES,
                            "header " + name + " is there: '" + value + "'; allowed is none"));
        }
    }

    private void archive() {
        Set<String> seen = new HashSet<>();
        for (String name : archive.names()) {
            if (!seen.add(name)) {
                broken(BundleRule.ARCHIVE, "entry " + name + " is there more than once");
            }
            if (leavesTheArchive(name)) {
                broken(BundleRule.ARCHIVE, "entry " + name + " leads out of the archive");
            }
        }
        if (!archive.names().equals(archive.directory())) {
            broken(
                    BundleRule.ARCHIVE,
                    "the entries are not those of the directory at the end of the file: readers would see different content");
        }
    }

    private static boolean leavesTheArchive(String name) {
        return name.startsWith("/")
                || name.contains("\\")
                || name.matches("[A-Za-z]:.*")
                || List.of(name.split("/")).contains("..");
    }

    private void classFiles() {
        archive.entries().forEach((name, content) -> {
            if (name.endsWith(".class")) {
                classFile(name, content);
            }
        });
    }

    private void classFile(String name, byte[] content) {
        if (content.length < 8 || intAt(content, 0) != CLASS_FILE_MAGIC) {
            broken(BundleRule.BYTE_CODE, name + " is not a class file");
            return;
        }
        int version = intAt(content, 4);
        int major = version & 0xFFFF;
        if (major > JAVA_17) {
            broken(
                    BundleRule.BYTE_CODE,
                    name + " is of class file version " + major + "; allowed is at most " + JAVA_17 + " (Java 17)");
            return;
        }
        if (version >>> 16 == PREVIEW) {
            broken(BundleRule.BYTE_CODE, name + " uses preview features");
        }
        for (String call : ForbiddenCalls.in(content)) {
            broken(BundleRule.NO_CLOCK, name + ": " + call);
        }
    }

    private static int intAt(byte[] bytes, int index) {
        return (bytes[index] & 0xFF) << 24
                | (bytes[index + 1] & 0xFF) << 16
                | (bytes[index + 2] & 0xFF) << 8
                | bytes[index + 3] & 0xFF;
    }
}
