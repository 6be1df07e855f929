package org.oncotwin.tests.change.control;

import java.io.IOException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Signatures;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.ConfigurationAdmin;

/** A site open in a framework of its own within the virtual machine of the test. Contracts come from the class path of the test, all else from bundles. */
final class RunningSite implements AutoCloseable {

    private static final Path TARGET = Path.of("target");

    private final Framework framework;
    private final Path folder;

    private RunningSite(Framework framework, Path folder) {
        this.framework = framework;
        this.folder = folder;
    }

    /** Opens a site, which is made if it is not there. */
    static RunningSite open(Path folder) throws Exception {
        return open(folder, Map.of(), database -> database);
    }

    /**
     * Opens a site.
     *
     * @param location configuration of the store beside the folder; none for the database in the folder
     * @param database puts something between the database and all that uses it
     */
    static RunningSite open(Path folder, Map<String, String> location, UnaryOperator<Database> database)
            throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, cache(folder).toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, sharedPackages());
        properties.put("felix.bootdelegation.implicit", "false");
        properties.put("felix.log.level", "1");
        properties.put("ds.loglevel", "1");
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        RunningSite site = new RunningSite(framework, folder);
        try {
            framework.start();
            site.startBundles();
            Map<String, String> store = new HashMap<>(location);
            store.put("folder", folder.toAbsolutePath().toString());
            site.configure("org.oncotwin.store", store);
            // Cheap hashes and long sessions: the tests are not about them.
            site.configure(
                    "org.oncotwin.account",
                    Map.of("hash.memory", 1, "idle.minutes", 600, "session.hours", 24, "most.failures", 100));
            Database wrapped = database.apply(site.service(Database.class));
            if (wrapped != site.service(Database.class)) {
                site.context()
                        .registerService(
                                Database.class,
                                wrapped,
                                new Hashtable<>(Map.of(Constants.SERVICE_RANKING, Integer.MAX_VALUE)));
            }
            return site;
        } catch (Exception | Error failed) {
            site.close();
            throw failed;
        }
    }

    /** Where the framework of a site keeps its bundles; each start empties it, as the launcher has it. */
    static Path cache(Path folder) {
        return folder.resolveSibling("framework");
    }

    /** Packages of the contracts on the class path, as their bundles export them. */
    private static String sharedPackages() throws IOException {
        List<String> exports = new ArrayList<>();
        for (URL url : Collections.list(RunningSite.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            try (var in = url.openStream()) {
                Attributes headers = new Manifest(in).getMainAttributes();
                String name = String.valueOf(headers.getValue(Constants.BUNDLE_SYMBOLICNAME));
                if (name.startsWith("org.oncotwin.api.") || name.equals("org.osgi.service.cm")) {
                    exports.add(headers.getValue(Constants.EXPORT_PACKAGE));
                }
            }
        }
        return String.join(",", exports);
    }

    private void startBundles() throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(TARGET.resolve("bundles"), "*.jar")) {
            for (Path jar : jars) {
                bundles.add(context()
                        .installBundle("reference:" + jar.toAbsolutePath().toUri()));
            }
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
    }

    private void configure(String pid, Map<String, ?> values) throws IOException {
        service(ConfigurationAdmin.class).getConfiguration(pid, "?").update(new Hashtable<>(values));
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Path folder() {
        return folder;
    }

    /** A service, for which the component runtime may need a moment after a configuration. */
    <T> T service(Class<T> type) {
        long until = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < until) {
            ServiceReference<T> reference = context().getServiceReference(type);
            T service = reference == null ? null : context().getService(reference);
            if (service != null) {
                return service;
            }
            Waiting.aMoment();
        }
        throw new IllegalStateException(type.getName() + " does not come up");
    }

    Database database() {
        return service(Database.class);
    }

    ContentStore contents() {
        return service(ContentStore.class);
    }

    AuditTrail audit() {
        return service(AuditTrail.class);
    }

    Accounts accounts() {
        return service(Accounts.class);
    }

    Signatures signatures() {
        return service(Signatures.class);
    }

    Combinations combinations() {
        return service(Combinations.class);
    }

    Studies studies() {
        return service(Studies.class);
    }

    ChangeControl changes() {
        return service(ChangeControl.class);
    }

    /** The whole trail. */
    List<AuditEntry> trail() {
        return audit().entries(1, Integer.MAX_VALUE);
    }

    /** Changes the database behind the back of the site. */
    int sql(String statement) {
        return database().transact(connection -> {
            try (var update = connection.createStatement()) {
                return update.executeUpdate(statement);
            }
        });
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(120_000);
        } catch (BundleException e) {
            throw new IllegalStateException("the framework does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the framework stops", e);
        }
    }
}
