package org.oncotwin.tests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.jupiter.api.Tag;
import org.junit.runner.RunWith;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Plugins come, go and change versions in a running framework while studies run. */
@Tag("SR-206")
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotUpgradeIT extends RunningFramework {

    private static final String STEADY_1_0 = "oncotwin.test.steady.1.0";
    private static final String STEADY_1_1 = "oncotwin.test.steady.1.1";
    private static final long PATIENCE_SECONDS = 30;

    @Inject
    private PluginCatalogue catalogue;

    /** The framework under test. */
    @Configuration
    public Option[] configuration() throws Exception {
        Path target = Path.of("target").toAbsolutePath();
        return options(
                engineBundles(target),
                systemProperty(STEADY_1_0)
                        .value(SteadyBundle.build(target, "1.0.0", 0.125)
                                .toUri()
                                .toString()),
                systemProperty(STEADY_1_1)
                        .value(SteadyBundle.build(target, "1.1.0", 0.5).toUri().toString()));
    }

    private static SimulationRequest study() {
        List<SimulationTime> outputs = new ArrayList<>();
        for (int day = 0; day <= 10; day++) {
            outputs.add(SimulationTime.ofDays(day));
        }
        return new SimulationRequest(
                "study",
                1,
                Setting.empty(),
                GrowthChoice.of("steady", Map.of(), List.of()),
                List.of(),
                StudyCalendar.MONDAY,
                SimulationTime.ZERO,
                SimulationTime.ofDays(10),
                outputs,
                OptionalDouble.empty(),
                new TreeMap<>());
    }

    private RunResult run(RunListener listener) throws IOException {
        return run(study(), listener);
    }

    private static double last(RunResult result) {
        List<Double> values = result.trajectory().series().get(0).values();
        return values.get(values.size() - 1);
    }

    @Test
    public void pluginIsFoundWhenItComesAndUnknownWhenItIsGone() throws Exception {
        assertTrue(catalogue.growthModels().isEmpty());
        InvalidInputException unknown = assertThrows(InvalidInputException.class, () -> engine().prepare(study()));
        assertEquals("growth.model: no growth model 'steady'; there is none", unknown.getMessage());
        Bundle bundle = install(STEADY_1_0);
        assertEquals("steady", catalogue.growthModels().get(0).identity().id());
        assertEquals(64, catalogue.growthModels().get(0).identity().sha256().length());
        assertEquals(2.25, last(run(RunListener.NONE)), 0);
        bundle.stop();
        assertTrue(catalogue.growthModels().isEmpty());
    }

    @Test
    public void pluginStoppedInMidRunPausesThatRunAndNothingElse() throws Exception {
        Bundle older = install(STEADY_1_0);
        try (Simulation ofOlder = engine().prepare(study())) {
            install(STEADY_1_1);
            try (Simulation ofNewer = engine().prepare(study())) {
                PluginWithdrawnException paused = assertThrows(
                        PluginWithdrawnException.class,
                        () -> ofOlder.run(RunOptions.defaults(), onDay(4, () -> stop(older))));
                assertEquals(
                        "steady 1.0.0 was stopped while the run used it; the run is paused at day 4.0 and can be resumed when steady 1.0.0 is back",
                        paused.getMessage());
                assertEquals(6.0, last(ofNewer.run(RunOptions.defaults(), RunListener.NONE)), 0);
            }
        }
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void pausedRunIsResumedBitForBitWhenItsPluginIsBack() throws Exception {
        Bundle bundle = install(STEADY_1_0);
        RunResult undisturbed = run(RunListener.NONE);
        PluginWithdrawnException paused =
                assertThrows(PluginWithdrawnException.class, () -> run(onDay(7, () -> stop(bundle))));
        bundle.start();
        try (Simulation again = engine().prepare(study())) {
            RunResult resumed =
                    again.resume(paused.checkpoint().orElseThrow(), RunOptions.defaults(), RunListener.NONE);
            assertEquals(undisturbed.trajectory(), resumed.trajectory());
            assertEquals(undisturbed.provenance(), resumed.provenance());
        }
    }

    @Test
    public void secondVersionBesideTheFirstServesTheNextRunWhileTheFirstRunEndsOnTheOldOneWhichThenGoesAway()
            throws Exception {
        Bundle older = install(STEADY_1_0);
        RunResult undisturbed = run(RunListener.NONE);
        RunResult across = run(onDay(5, () -> install(STEADY_1_1)));
        assertEquals("the run in flight keeps its version, bit for bit", undisturbed.trajectory(), across.trajectory());
        assertEquals(undisturbed.provenance(), across.provenance());
        RunResult next = run(RunListener.NONE);
        assertEquals(6.0, last(next), 0);
        assertEquals("1.0.0", across.provenance().plugins().get(0).version());
        assertEquals("1.1.0", next.provenance().plugins().get(0).version());
        assertFalse(across.provenance()
                .plugins()
                .get(0)
                .sha256()
                .equals(next.provenance().plugins().get(0).sha256()));

        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        Reference<ClassLoader> loader =
                new WeakReference<>(older.adapt(BundleWiring.class).getClassLoader(), collected);
        assertNotNull(loader.get());
        older.uninstall();
        refresh(older);
        awaitCollection(loader, collected);
        // The results outlive the plugin that made them.
        assertEquals(2.25, last(across), 0);
        assertEquals(1, context().getServiceReferences(GrowthModel.class, null).size());
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context().getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        assertTrue("packages refreshed", refreshed.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static void awaitCollection(Reference<ClassLoader> loader, ReferenceQueue<ClassLoader> collected)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Reference<?> seen = null;
        while (seen == null && System.nanoTime() < deadline) {
            System.gc();
            seen = collected.remove(100);
        }
        assertTrue("the class loader of the old version is still reachable", seen == loader);
    }
}
