package org.oncotwin.sdk.conformance.container;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A running framework with contracts, engine, solvers and case files, made from the bundles on the class path of the tests, into which built plugins are installed. The classes of the
 * framework's bundles are its own: only types of the JDK pass between it and the tests.
 */
public final class PluginContainer implements AutoCloseable {

    /** Bound on everything that is waited for; far above what any of it takes, so that a test that hangs ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String RUNNER = "(oncotwin.sdk.case.runner=true)";

    /** Property that carries the id, by the service of each kind of plugin. */
    private static final Map<String, String> ID_PROPERTIES = Map.of(
            "org.oncotwin.api.growth.GrowthModel", "oncotwin.growth.model.plugin",
            "org.oncotwin.api.treatment.TreatmentModality", "oncotwin.treatment.modality.plugin",
            "org.oncotwin.api.pharmacokinetics.PharmacokineticModel", "oncotwin.pharmacokinetic.model.plugin",
            "org.oncotwin.api.toxicity.ToxicityModel", "oncotwin.toxicity.model.plugin",
            "org.oncotwin.api.export.Exporter", "oncotwin.exporter.plugin",
            "org.oncotwin.api.scene.SceneExporter", "oncotwin.scene.exporter.plugin");

    private final Framework framework;
    private final Path cache;
    /** Threads that run once everything but the plugin has started. */
    private final Set<Thread> before = new HashSet<>();

    private PluginContainer(Framework framework, Path cache) {
        this.framework = framework;
        this.cache = cache;
    }

    /**
     * Starts a framework without the plugin.
     *
     * @throws IllegalStateException if a bundle is missing or does not start, saying which
     */
    public static PluginContainer start() throws IOException {
        Path cache = Files.createTempDirectory("oncotwin-conformance-");
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put("felix.bootdelegation.implicit", "false");
        properties.put("felix.log.level", "1");
        properties.put("ds.loglevel", "1");
        Framework framework = ServiceLoader.load(FrameworkFactory.class, PluginContainer.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no OSGi framework is on the class path of the tests"))
                .newFramework(properties);
        PluginContainer container = new PluginContainer(framework, cache);
        try {
            container.startBundles();
            return container;
        } catch (BundleException | InvalidSyntaxException | RuntimeException failure) {
            IllegalStateException why =
                    new IllegalStateException("the framework does not start: " + failure.getMessage(), failure);
            try {
                container.close();
            } catch (IOException alsoFailed) {
                why.addSuppressed(alsoFailed);
            }
            throw why;
        }
    }

    private void startBundles() throws IOException, BundleException, InvalidSyntaxException {
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (Path file : ClassPathBundles.ofARunningSystem()) {
            bundles.add(framework
                    .getBundleContext()
                    .installBundle("reference:" + file.toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        await(framework.getBundleContext(), RUNNER);
        before.addAll(Thread.getAllStackTraces().keySet());
    }

    private static Object await(BundleContext context, String filter) throws InvalidSyntaxException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, context.createFilter(filter), null);
        // All services: those whose classes the system bundle does not share are not seen otherwise.
        tracker.open(true);
        try {
            Object service = tracker.waitForService(PATIENCE.toMillis());
            if (service == null) {
                throw new IllegalStateException("no service " + filter + " within " + PATIENCE.toSeconds() + " s");
            }
            return service;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            tracker.close();
        }
    }

    /**
     * Installs and starts a built plugin.
     *
     * @param jar the bundle
     * @return the plugin in this framework
     * @throws IllegalStateException if it does not resolve or start, with the words of the framework
     */
    public Installed install(Path jar) {
        try {
            // A copy: the file may be built anew while the framework still runs.
            Bundle bundle = framework
                    .getBundleContext()
                    .installBundle(jar.toAbsolutePath().normalize().toUri().toString());
            bundle.start();
            return new Installed(bundle);
        } catch (BundleException failure) {
            throw new IllegalStateException("the bundle does not resolve or start: " + failure.getMessage(), failure);
        }
    }

    /**
     * Runs a case file as the command line would.
     *
     * @param caseFile JSON as in {@code docs/case-file.md}
     * @param runFolder folder to make
     * @param exporters ids of exporters to write for
     * @return a column per observable, by name with its unit in brackets, and {@code day [d]}
     * @throws RuntimeException of the framework's classes, if the case is refused or the run fails
     */
    @SuppressWarnings("unchecked")
    public SortedMap<String, double[]> run(Path caseFile, Path runFolder, List<String> exporters) {
        List<String> arguments = new ArrayList<>(List.of(caseFile.toString(), runFolder.toString()));
        arguments.addAll(exporters);
        BundleContext context = framework.getBundleContext();
        try {
            ServiceReference<?> reference = context.getServiceReferences((String) null, RUNNER)[0];
            Function<List<String>, SortedMap<String, double[]>> runner =
                    (Function<List<String>, SortedMap<String, double[]>>) context.getService(reference);
            try {
                return runner.apply(arguments);
            } finally {
                context.ungetService(reference);
            }
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Threads that run now and did not when the framework had started, after those that are about to end were given time to. The JDK's pool for everybody, which the JDK ends, is left
     * aside.
     */
    public List<String> threadsLeft() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos() / 10;
        List<String> left = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)
                    && thread != Thread.currentThread()
                    && !thread.getName().startsWith("ForkJoinPool.commonPool")) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
                if (thread.isAlive()) {
                    left.add(thread.getName());
                }
            }
        }
        return left;
    }

    /** Stops the framework and deletes its cache. */
    @Override
    public void close() throws IOException {
        try {
            framework.stop();
            framework.waitForStop(PATIENCE.toMillis());
        } catch (BundleException e) {
            throw new IOException("the framework does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A plugin in the framework. */
    public final class Installed {

        private Bundle bundle;

        private Installed(Bundle bundle) {
            this.bundle = bundle;
        }

        /** Services of the kinds of plugins that the bundle offers, each as {@code SERVICE ID}; waits for the first. */
        public List<String> services() {
            try {
                StringBuilder anyOfIt = new StringBuilder("(&(service.bundleid=" + bundle.getBundleId() + ")(|");
                ID_PROPERTIES.keySet().forEach(service -> anyOfIt.append("(objectClass=")
                        .append(service)
                        .append(')'));
                await(framework.getBundleContext(), anyOfIt.append("))").toString());
            } catch (InvalidSyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
            Set<String> found = new TreeSet<>();
            for (ServiceReference<?> reference : bundle.getRegisteredServices()) {
                for (String service : (String[]) reference.getProperty(Constants.OBJECTCLASS)) {
                    if (ID_PROPERTIES.containsKey(service)) {
                        found.add(service + " " + reference.getProperty(ID_PROPERTIES.get(service)));
                    }
                }
            }
            return List.copyOf(found);
        }

        /**
         * Uninstalls it and says whether its classes went with it.
         *
         * @return true if its class loader was collected
         */
        public boolean uninstall() throws InterruptedException {
            ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
            WeakReference<ClassLoader> loader =
                    new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader(), collected);
            try {
                bundle.uninstall();
            } catch (BundleException failure) {
                throw new IllegalStateException("the bundle cannot be uninstalled: " + failure.getMessage(), failure);
            }
            CountDownLatch refreshed = new CountDownLatch(1);
            framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
                if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                    refreshed.countDown();
                }
            });
            bundle = null;
            if (!refreshed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the framework does not refresh");
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos() / 3;
            while (loader.get() != null && System.nanoTime() < deadline) {
                System.gc();
                collected.remove(50);
            }
            return loader.get() == null;
        }
    }
}
