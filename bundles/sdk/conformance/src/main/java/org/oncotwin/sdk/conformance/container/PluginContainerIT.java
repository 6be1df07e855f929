package org.oncotwin.sdk.conformance.container;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.sdk.conformance.ConformanceBuild;
import org.oncotwin.sdk.conformance.cases.DataCase;

/** Layer 4, run by the SDK's parent POM on every plugin that it builds. */
@DisplayName("Layer 4, container")
public class PluginContainerIT {

    private static final Map<String, String> SERVICES = Map.of(
            "oncotwin.growth", "org.oncotwin.api.growth.GrowthModel",
            "oncotwin.treatment", "org.oncotwin.api.treatment.TreatmentModality",
            "oncotwin.pharmacokinetics", "org.oncotwin.api.pharmacokinetics.PharmacokineticModel",
            "oncotwin.toxicity", "org.oncotwin.api.toxicity.ToxicityModel",
            "oncotwin.export", "org.oncotwin.api.export.Exporter",
            "oncotwin.scene", "org.oncotwin.api.scene.SceneExporter");

    @TempDir
    Path folder;

    /** For JUnit. */
    public PluginContainerIT() {}

    @Test
    @DisplayName("Layer 4, container: the bundle resolves, starts, and offers the services that its manifest declares")
    void offersItsServices() throws IOException {
        try (PluginContainer container = PluginContainer.start()) {
            assertThat(container.install(ConformanceBuild.bundle()).services())
                    .containsExactlyElementsOf(declared(ConformanceBuild.bundle()));
        }
    }

    @Test
    @DisplayName(
            "Layer 4, container: a case runs on it, and once it is uninstalled no class and no thread of it is left")
    void leavesNothingBehind() throws Exception {
        List<DataCase> cases = DataCase.in(ConformanceBuild.cases());
        assertThat(cases).as("cases; a plugin brings at least one").isNotEmpty();
        DataCase first = cases.get(0);
        try (PluginContainer container = PluginContainer.start()) {
            PluginContainer.Installed plugin = container.install(ConformanceBuild.bundle());
            assertThat(container.run(first.caseFile(), folder.resolve("run"), first.exporters()))
                    .allSatisfy((name, values) ->
                            assertThat(values).as(name).isNotEmpty().doesNotContain(Double.NaN));
            assertThat(plugin.uninstall())
                    .as("the class loader of the uninstalled plugin is collected")
                    .isTrue();
            assertThat(container.threadsLeft()).as("threads left").isEmpty();
        }
    }

    private static TreeSet<String> declared(Path bundle) throws IOException {
        TreeSet<String> services = new TreeSet<>();
        try (JarFile jar = new JarFile(bundle.toFile())) {
            Parameters provided =
                    new Parameters(jar.getManifest().getMainAttributes().getValue("Provide-Capability"));
            for (Map.Entry<String, Attrs> capability : provided.entrySet()) {
                // bnd marks a namespace that is there again by tildes.
                String namespace = capability.getKey().replaceAll("~+$", "");
                if (SERVICES.containsKey(namespace)) {
                    services.add(SERVICES.get(namespace) + " "
                            + capability.getValue().get(namespace));
                }
            }
        }
        return services;
    }
}
