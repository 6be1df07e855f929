package org.oncotwin.change.combination;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A framework, and a catalogue of what the bundles that are active in it declare. */
final class FrameworkForTests implements PluginCatalogue {

    private final Framework framework;

    FrameworkForTests(Path storage) throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                        "felix.log.level",
                        "0"));
        framework.start();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Names and versions of all bundles but the framework itself. */
    List<String> bundles() {
        return Stream.of(context().getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
                .sorted()
                .toList();
    }

    @Override
    public List<Entry<GrowthModelDescription>> growthModels() {
        return declared(PluginKind.GROWTH).stream()
                .map(plugin -> new Entry<>(
                        plugin,
                        new GrowthModelDescription(
                                new PluginDescription(plugin.id(), "", "", List.of(), List.of(), List.of()),
                                List.of(),
                                List.of(),
                                Set.of(),
                                false,
                                1,
                                "")))
                .toList();
    }

    @Override
    public List<Entry<TreatmentModalityDescription>> treatmentModalities() {
        return declared(PluginKind.TREATMENT).stream()
                .map(plugin -> new Entry<>(
                        plugin,
                        new TreatmentModalityDescription(
                                new PluginDescription(plugin.id(), "", "", List.of(), List.of(), List.of()),
                                List.of(),
                                List.of(),
                                Set.of(),
                                1,
                                "")))
                .toList();
    }

    @Override
    public List<Entry<PharmacokineticModelDescription>> pharmacokineticModels() {
        return List.of();
    }

    @Override
    public List<Entry<ToxicityModelDescription>> toxicityModels() {
        return List.of();
    }

    @Override
    public List<Entry<SolverDescription>> solvers() {
        return List.of();
    }

    private List<PluginIdentity> declared(PluginKind kind) {
        String namespace = BundleJar.namespace(kind);
        List<PluginIdentity> plugins = new ArrayList<>();
        for (Bundle bundle : context().getBundles()) {
            String header = bundle.getHeaders("").get(Constants.PROVIDE_CAPABILITY);
            boolean up = bundle.getHeaders("").get("Test-Stays-Down") == null;
            if (bundle.getState() == Bundle.ACTIVE && bundle.getBundleId() != 0 && header != null && up) {
                for (Clause clause : Parser.parseHeader(header)) {
                    if (clause.getName().equals(namespace)) {
                        plugins.add(new PluginIdentity(
                                kind,
                                clause.getAttribute(namespace),
                                bundle.getVersion().toString(),
                                bundle.getSymbolicName(),
                                hash(bundle)));
                    }
                }
            }
        }
        return plugins;
    }

    private static String hash(Bundle bundle) {
        try {
            return Sha256.of(bundle.getEntry("META-INF/MANIFEST.MF").openStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Entry<GrowthModelDescription> growthModel(PluginChoice choice) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice) {
        throw new UnsupportedOperationException();
    }

    void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
