package org.oncotwin.tests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.Manifest;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.jupiter.api.Tag;
import org.junit.runner.RunWith;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.casefile.CaseReader;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Every plugin of growth, treatment, drugs, harm and solving is replaced under a running study: the study pauses, goes on with the newer version, and says so. */
@Tag("SR-1603")
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class AllPluginsUpgradeIT extends RunningFramework {

    private static final String CASES = "oncotwin.test.cases";
    private static final String PLUGINS = "oncotwin.test.plugins";
    private static final String NEWER_PLUGINS = "oncotwin.test.plugins.newer";
    private static final String NEWER = "1.1.0";

    @Inject
    private CaseReader cases;

    /** The framework under test. */
    @Configuration
    public Option[] configuration() throws Exception {
        Path target = Path.of("target").toAbsolutePath();
        Path newer = Files.createDirectories(target.resolve("plugins-newer"));
        for (File jar : jars(target.resolve("plugins"))) {
            try (Jar content = new Jar(jar)) {
                Manifest manifest = content.getManifest();
                manifest.getMainAttributes().putValue("Bundle-Version", NEWER);
                content.setManifest(manifest);
                content.write(newer.resolve(jar.getName()).toFile());
            }
        }
        return options(
                engineBundles(target),
                systemProperty(CASES).value(System.getProperty(CASES)),
                systemProperty(PLUGINS).value(target.resolve("plugins").toString()),
                systemProperty(NEWER_PLUGINS).value(newer.toString()));
    }

    private List<Path> files(String property, String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of(context().getProperty(property)), pattern)) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        return files;
    }

    private Bundle start(Path jar) {
        try {
            Bundle bundle = context().installBundle(jar.toUri().toString());
            bundle.start();
            return bundle;
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double middle(SimulationRequest study) {
        List<SimulationTime> outputs = study.outputs();
        return outputs.get(outputs.size() / 2).days();
    }

    private static Optional<PluginIdentity> of(RunResult result, Bundle bundle) {
        return result.provenance().plugins().stream()
                .filter(plugin -> plugin.bundle().equals(bundle.getSymbolicName()))
                .findFirst();
    }

    /** Replaces a bundle by its newer version in the middle of a study, then puts the older one back. */
    private Bundle replaceUnder(SimulationRequest study, RunResult undisturbed, Bundle older, Path jar, Path newerJar)
            throws IOException {
        Bundle[] newer = new Bundle[1];
        Checkpoint paused;
        try {
            run(study, onDay(middle(study), () -> {
                newer[0] = start(newerJar);
                remove(older);
            }));
            throw new AssertionError(older + " was taken away and the study did not pause");
        } catch (PluginWithdrawnException withdrawn) {
            paused = withdrawn.checkpoint().orElseThrow();
        }
        try (Simulation again = engine().prepare(study)) {
            RunResult resumed = again.resume(paused, RunOptions.defaults(), RunListener.NONE);
            String words = study.name() + " across " + newer[0];
            assertEquals(words, undisturbed.trajectory(), resumed.trajectory());
            assertEquals(words, undisturbed.courses(), resumed.courses());
            assertEquals(words, undisturbed.toxicities(), resumed.toxicities());
            assertEquals(words, undisturbed.firedRules(), resumed.firedRules());
            assertEquals(words, NEWER, of(resumed, newer[0]).orElseThrow().version());
        }
        remove(newer[0]);
        return start(jar);
    }

    @Test
    public void everyPluginIsReplacedUnderAStudyThatUsesIt() throws Exception {
        Map<Path, Bundle> bundles = new HashMap<>();
        // Plugins require each other's capabilities: all are there before the first is started.
        for (Path jar : files(PLUGINS, "*.jar")) {
            bundles.put(jar, context().installBundle(jar.toUri().toString()));
        }
        for (Bundle bundle : bundles.values()) {
            bundle.start();
        }
        TreeSet<String> left = new TreeSet<>();
        // SolverUpgradeIT replaces those on grids; no plugin hands a problem to the solver of linear equations.
        bundles.keySet().stream()
                .map(jar -> jar.getFileName().toString())
                .filter(name -> !name.startsWith("org.oncotwin.solver.grid")
                        && !name.startsWith("org.oncotwin.solver.linear")
                        && !name.startsWith("org.oncotwin.model.reaction.diffusion"))
                .forEach(left::add);
        for (Path file : files(CASES, "*.json")) {
            SimulationRequest study = cases.read(file).request();
            RunResult undisturbed = run(study, RunListener.NONE);
            assertFalse(undisturbed.trajectory().times().isEmpty());
            for (Path jar : List.copyOf(bundles.keySet())) {
                Path newerJar = Path.of(context().getProperty(NEWER_PLUGINS)).resolve(jar.getFileName());
                Bundle bundle = bundles.get(jar);
                if (left.contains(jar.getFileName().toString())
                        && of(undisturbed, bundle).isPresent()) {
                    bundles.put(jar, replaceUnder(study, undisturbed, bundle, jar, newerJar));
                    left.remove(jar.getFileName().toString());
                }
            }
        }
        bundles.values().forEach(AllPluginsUpgradeIT::remove);
        assertTrue("no study uses " + left, left.isEmpty());
    }
}
