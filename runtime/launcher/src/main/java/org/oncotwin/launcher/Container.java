package org.oncotwin.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A running framework with the bundles of one feature and of the plugin folders.
 *
 * <p>Its cache is a temporary folder of this process, so that two runs at the same time never share state, and what runs
 * is always what lies in the folders now.
 */
final class Container implements AutoCloseable {
    /** Filter for the command line, a service of type Object that carries it as property {@code launcher.arguments}. */
    static final String ARGUMENTS_PROPERTY = "launcher.arguments";

    private static final String MAIN_FILTER = "(&(objectClass=java.util.concurrent.Callable)(oncotwin.main=true))";
    /** Name of the configuration that opens a site. */
    private static final String SITE_PID = "org.oncotwin.store";

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Framework framework;
    private final Path cache;
    private final Consumer<String> messages;
    private boolean siteIsOpen;

    private Container(Framework framework, Path cache, Consumer<String> messages) {
        this.framework = framework;
        this.cache = cache;
        this.messages = messages;
    }

    /**
     * Starts a framework, installs and starts every bundle of the feature and applies its configurations, then installs and
     * starts what lies in the plugin folders. A plugin that cannot start is reported and left out; a bundle of the feature
     * that cannot start is an error.
     *
     * @param messages receives one line per plugin that is left out
     * @throws LaunchException if the feature cannot run; nothing is left running or on disk then
     */
    static Container start(Installation installation, Feature feature, Arguments arguments, Consumer<String> messages)
            throws LaunchException {
        for (Path folder : arguments.pluginFolders()) {
            if (!Files.isDirectory(folder)) {
                throw LaunchException.usage("plugins folder " + folder + " does not exist or is not a folder");
            }
        }
        Container container = null;
        try {
            Path cache = Files.createTempDirectory(installation.temporary(), "oncotwin-");
            boolean check = arguments.mode() == Mode.CHECK;
            Path shell = check ? silentShell(cache) : installation.shell();
            Framework framework = new org.apache.felix.framework.FrameworkFactory()
                    .newFramework(FrameworkProperties.of(cache.resolve("bundles"), shell, check, installation.debug()));
            container = new Container(framework, cache, messages);
            framework.init();
            container.registerArguments(arguments.rest());
            framework.start();
            container.startFeature(installation.bundles(), feature);
            container.startPlugins(arguments.pluginFolders());
            return container;
        } catch (LaunchException failure) {
            container.close();
            throw failure;
        } catch (BundleException | IOException failure) {
            if (container != null) {
                container.close();
            }
            throw LaunchException.installation("the framework does not start: " + failure.getMessage(), failure);
        }
    }

    /** A shell that says nothing when it starts: a check shows what it found and nothing else. */
    private static Path silentShell(Path cache) throws IOException {
        Path shell = cache.resolve("shell");
        Files.createDirectories(shell.resolve("etc"));
        Files.writeString(shell.resolve("etc").resolve("gosh_profile"), "");
        return shell;
    }

    private void registerArguments(List<String> words) {
        String[] line = words.toArray(String[]::new);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(ARGUMENTS_PROPERTY, line);
        framework.getBundleContext().registerService(Object.class, line, properties);
    }

    private void startFeature(Path bundleFolder, Feature feature) throws LaunchException, IOException {
        List<Bundle> bundles = new ArrayList<>();
        for (ArtifactId id : feature.bundles()) {
            Path file = bundleFolder.resolve(id.fileName());
            if (!Files.isRegularFile(file)) {
                throw LaunchException.installation(
                        "bundle " + id.fileName() + " of feature " + feature.name() + " is missing", null);
            }
            try {
                bundles.add(install(file));
            } catch (BundleException unusable) {
                throw LaunchException.installation(
                        "bundle " + id.fileName() + " cannot be installed: " + unusable.getMessage(), unusable);
            }
        }
        resolve(bundles);
        boolean configured = feature.configurations().isEmpty();
        for (Bundle bundle : bundles) {
            try {
                start(bundle);
            } catch (BundleException failure) {
                throw LaunchException.installation(Diagnosis.ofFailedStart(framework, bundle, failure), failure);
            }
            // As early as possible: a component never sees a configuration change that only the start order made.
            configured = configured || configure(feature.configurations());
        }
        if (!configured) {
            throw LaunchException.installation(
                    "feature " + feature.name() + " has configurations, but no bundle of it offers ConfigurationAdmin",
                    null);
        }
    }

    /** Applies the configurations if the service for it is there already. */
    private boolean configure(List<FeatureConfiguration> configurations) throws IOException {
        BundleContext context = framework.getBundleContext();
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        if (reference == null) {
            return false;
        }
        ConfigurationAdmin admin = context.getService(reference);
        for (FeatureConfiguration wanted : configurations) {
            // "?": the configuration is for whichever bundle holds the component.
            Configuration configuration = wanted.name().isPresent()
                    ? admin.getFactoryConfiguration(wanted.pid(), wanted.name().get(), "?")
                    : admin.getConfiguration(wanted.pid(), "?");
            configuration.update(new Hashtable<>(wanted.properties()));
        }
        context.ungetService(reference);
        return true;
    }

    private void startPlugins(List<Path> folders) throws IOException {
        Map<Bundle, Path> plugins = new LinkedHashMap<>();
        for (Path folder : folders) {
            for (Path jar : jarsIn(folder)) {
                try {
                    requireBundle(jar);
                    plugins.put(install(jar), jar);
                } catch (BundleException unusable) {
                    leftOut(jar, Diagnosis.ofFailedInstall(unusable));
                }
            }
        }
        resolve(plugins.keySet());
        plugins.forEach((bundle, jar) -> {
            try {
                start(bundle);
            } catch (BundleException failure) {
                leftOut(jar, Diagnosis.ofFailedStart(framework, bundle, failure));
            }
        });
    }

    /** The framework says of such files only that it cannot cache them, so this looks first. */
    private static void requireBundle(Path file) throws BundleException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null || manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
                throw new BundleException("it is not an OSGi bundle, its manifest has no Bundle-SymbolicName");
            }
        } catch (IOException unreadable) {
            throw new BundleException("it cannot be read as a jar: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Sorted by name: what is installed first must not depend on the file system. */
    private static List<Path> jarsIn(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
            stream.forEach(jars::add);
        }
        Collections.sort(jars);
        return jars;
    }

    private void leftOut(Path jar, String reason) {
        messages.accept("plugin " + jar.getFileName() + " is left out: " + reason);
    }

    /** Installs by reference: the framework reads the file where it lies and makes no copy. */
    private Bundle install(Path jar) throws BundleException {
        return framework
                .getBundleContext()
                .installBundle("reference:" + jar.toAbsolutePath().normalize().toUri());
    }

    /** One resolution for all: the wiring must not depend on which bundle starts first. */
    private void resolve(Collection<Bundle> bundles) {
        if (!bundles.isEmpty()) {
            framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
        }
    }

    private static void start(Bundle bundle) throws BundleException {
        if (!Diagnosis.isFragment(bundle)) {
            // Not by activation policy: a lazy bundle would look as if it did not come up.
            bundle.start(Bundle.START_TRANSIENT);
        }
    }

    /**
     * Waits for the command and runs it in the calling thread.
     *
     * @param timeout how long a component may take to come up
     * @return the exit code of the command
     * @throws LaunchException if the command does not come up in time, saying what is missing, or if it fails
     * @throws InterruptedException if the calling thread is interrupted
     */
    int runCommand(Duration timeout) throws LaunchException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        ServiceTracker<Callable<?>, Callable<?>> commands;
        try {
            commands = new ServiceTracker<>(context, context.createFilter(MAIN_FILTER), null);
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        commands.open();
        try {
            Callable<?> command = commands.waitForService(timeout.toMillis());
            if (command == null) {
                throw LaunchException.installation(
                        String.join(System.lineSeparator(), Diagnosis.ofMissingCommand(context, timeout)), null);
            }
            return exitCode(command);
        } finally {
            commands.close();
        }
    }

    private static int exitCode(Callable<?> command) throws LaunchException, InterruptedException {
        Object result;
        try {
            result = command.call();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failure) {
            throw LaunchException.installation("the command failed: " + Diagnosis.oneLine(failure), failure);
        }
        if (result instanceof Integer code) {
            return code;
        }
        throw LaunchException.installation("the command returned '" + result + "', allowed is an exit code", null);
    }

    /** Waits until something in the framework stops it, as the shell does when it is left. */
    int awaitStop() throws InterruptedException {
        framework.waitForStop(0);
        return ExitCode.OK;
    }

    /**
     * Opens a site in the temporary folder, for what only comes up while one is open.
     *
     * @param timeout how long that may take
     */
    void openSiteForCheck(Duration timeout) throws LaunchException {
        BundleContext context = framework.getBundleContext();
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        if (reference == null) {
            throw LaunchException.installation("no bundle offers ConfigurationAdmin", null);
        }
        try {
            Dictionary<String, Object> site = new Hashtable<>();
            site.put("folder", cache.resolve("site").toAbsolutePath().toString());
            context.getService(reference).getConfiguration(SITE_PID, "?").update(site);
        } catch (IOException failure) {
            throw LaunchException.installation("the site for the check cannot be configured: " + failure, failure);
        }
        siteIsOpen = true;
        // Configurations are handed out by another thread; whatever has not come up by then is told by the check.
        long until = System.nanoTime() + timeout.toNanos();
        while (!Diagnosis.inactiveComponents(context, true).isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /**
     * Writes one line per bundle with its state, then one per component that is not satisfied.
     *
     * @return 0 if every bundle is active and every component satisfied
     */
    int check(Consumer<String> output) {
        boolean complete = true;
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            boolean ready = Diagnosis.isReady(bundle);
            output.accept((ready ? "active     " : "NOT ACTIVE ") + Diagnosis.label(bundle));
            complete &= ready;
        }
        List<String> components = Diagnosis.inactiveComponents(framework.getBundleContext(), siteIsOpen);
        components.forEach(output);
        return complete && components.isEmpty() ? ExitCode.OK : ExitCode.INTERNAL;
    }

    /** Stops the framework and deletes its cache. May be called again, and by another thread. */
    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_TIMEOUT.toMillis());
        } catch (BundleException failure) {
            messages.accept("the framework does not stop: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        deleteCache();
    }

    private void deleteCache() {
        if (!Files.exists(cache)) {
            return;
        }
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            messages.accept("the temporary folder " + cache.getFileName() + " cannot be deleted: " + failure);
        }
    }
}
