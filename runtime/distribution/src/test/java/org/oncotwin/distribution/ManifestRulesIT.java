package org.oncotwin.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests of our own bundles say, read from the files that are delivered. */
@Tag("SR-703")
class ManifestRulesIT {
    /** Services above the engine whose contract is not needed by any plugin and so lies in their own bundle. */
    private static final Set<String> SERVICE_CONTRACTS = Set.of(
            "org.oncotwin.casefile",
            "org.oncotwin.report",
            "org.oncotwin.response",
            "org.oncotwin.scene",
            "org.oncotwin.guidance",
            "org.oncotwin.geometry");

    private static boolean isPlugin(String symbolicName) {
        return symbolicName.matches("org\\.oncotwin\\.(model|treatment|export|solver)\\..*");
    }

    private static final Path BUNDLES = Path.of(System.getProperty("distribution"), "bundles");

    /** Contracts, the JDK and libraries for numbers: what a plugin may stand on. */
    private static final Pattern ALLOWED_FOR_PLUGINS = Pattern.compile(
            "org\\.oncotwin\\.api\\..*|javax?\\..*|org\\.w3c\\.dom.*|org\\.xml\\.sax.*|org\\.osgi\\.service\\.component.*"
                    + "|org\\.apache\\.commons\\.(math3|rng).*");

    static Stream<Path> ownBundles() throws IOException {
        try (Stream<Path> files = Files.list(BUNDLES)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith("org.oncotwin."))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Attributes manifest(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    private static List<String> packages(Attributes manifest, String header) {
        return List.copyOf(new Parameters(manifest.getValue(header)).keySet());
    }

    @ParameterizedTest
    @MethodSource("ownBundles")
    void nothingTiesABundleToAnother(Path bundle) throws Exception {
        Attributes manifest = manifest(bundle);
        assertThat(manifest.getValue("Bundle-SymbolicName")).startsWith("org.oncotwin.");
        assertThat(manifest.getValue("Bundle-Version")).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
        assertThat(manifest.getValue("Require-Bundle")).isNull();
        assertThat(manifest.getValue("DynamicImport-Package")).isNull();
        assertThat(manifest.getValue("Bundle-Activator")).isNull();
    }

    @ParameterizedTest
    @MethodSource("ownBundles")
    void bundlesMeetOnlyThroughContracts(Path bundle) throws Exception {
        Attributes manifest = manifest(bundle);
        String symbolicName = manifest.getValue("Bundle-SymbolicName");
        assertThat(packages(manifest, "Import-Package"))
                .filteredOn(name -> name.startsWith("org.oncotwin."))
                .allMatch(name -> name.startsWith("org.oncotwin.api.")
                        || !isPlugin(symbolicName) && SERVICE_CONTRACTS.contains(name));
        if (!symbolicName.startsWith("org.oncotwin.api.")) {
            // A service may export its contract, the package that has its name. A plugin has none: it meets others only
            // through the API.
            assertThat(packages(manifest, "Export-Package"))
                    .as("exports")
                    .allMatch(name -> name.equals(symbolicName) && SERVICE_CONTRACTS.contains(name));
        }
    }

    @ParameterizedTest
    @MethodSource("ownBundles")
    void contractsStandOnNothingAndPluginsOnContractsAndNumerics(Path bundle) throws Exception {
        String name = bundle.getFileName().toString();
        List<String> imports = packages(manifest(bundle), "Import-Package");
        if (name.startsWith("org.oncotwin.api.")) {
            assertThat(imports).allMatch(imported -> imported.startsWith("org.oncotwin.api."));
        } else if (name.matches("org\\.oncotwin\\.(model|treatment|export)\\..*")) {
            assertThat(imports)
                    .allMatch(imported -> ALLOWED_FOR_PLUGINS.matcher(imported).matches());
        }
    }

    @Test
    void thereAreBundlesToCheck() throws Exception {
        assertThat(ownBundles().toList())
                .extracting(file -> file.getFileName().toString())
                .anyMatch(name -> name.startsWith("org.oncotwin.api."))
                .anyMatch(name -> name.startsWith("org.oncotwin.model."))
                .anyMatch(name -> name.startsWith("org.oncotwin.treatment."))
                .anyMatch(name -> name.startsWith("org.oncotwin.export."));
    }
}
