package org.oncotwin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.DatabaseLocation;
import org.oncotwin.api.store.SiteFolder;
import org.oncotwin.api.store.Sites;
import org.oncotwin.api.store.StoreException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * Opens a site when it is asked to, and not when a configuration comes: who asks gets the reason if it does not work, and what needs a site is there when the call returns, because
 * registering a service brings up the components that wait for it.
 */
@Component
public final class SiteOpener implements Sites {

    private final BundleContext context;
    private final DataSourceFactory embedded;
    private final DataSourceFactory server;
    private LockedSiteFolder folder;
    private SqlDatabase database;
    private ServiceRegistration<SiteFolder> folderService;
    private ServiceRegistration<Database> databaseService;

    /** With the drivers of both databases. */
    @Activate
    public SiteOpener(
            BundleContext context,
            @Reference(target = Config.EMBEDDED_DRIVER) DataSourceFactory embedded,
            @Reference(target = "(osgi.jdbc.driver.class=org.postgresql.Driver)") DataSourceFactory server) {
        this.context = context;
        this.embedded = embedded;
        this.server = server;
    }

    @Override
    public synchronized void create(Path path, DatabaseLocation location) {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !SiteFile.in(path) && !isEmptyFolder(path)) {
                throw new StoreException("a site cannot be made in " + path.getFileName()
                        + ": it is not empty; allowed is a new or empty folder");
            }
            lock(path);
            if (!SiteFile.in(folder.path())) {
                SiteFile.write(folder.path(), location);
            }
        } catch (IOException failure) {
            close();
            throw new StoreException("the site cannot be made: " + failure.getMessage(), failure);
        }
        offer();
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> contents = Files.list(path)) {
            return contents.findAny().isEmpty();
        }
    }

    @Override
    public synchronized void open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new StoreException("there is no site folder " + path.getFileName()
                    + "; name one with --site DIR, or make one with: oncotwin site create DIR");
        }
        if (!SiteFile.in(path)) {
            throw new StoreException(
                    path.getFileName()
                            + " is not the folder of a site; name one with --site DIR, or make one with: oncotwin site create DIR");
        }
        lock(path);
        offer();
    }

    private void lock(Path path) {
        if (folder != null) {
            throw new StoreException("a site is open in this process already");
        }
        folder = new LockedSiteFolder(path.toAbsolutePath().normalize());
    }

    /** Opens the database first: whoever sees the folder finds the database too. */
    private void offer() {
        try {
            DatabaseLocation location = SiteFile.read(folder.path());
            database = new SqlDatabase(
                    SqlDatabase.product(folder.path(), location.url().isBlank() ? embedded : server, location));
        } catch (IOException failure) {
            close();
            throw new StoreException("the file " + SiteFile.NAME + " of the site cannot be read", failure);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
        folderService = context.registerService(SiteFolder.class, folder, null);
        databaseService = context.registerService(Database.class, database, null);
    }

    @Override
    @Deactivate
    public synchronized void close() {
        // What uses the site ends while both can still be worked with: a study keeps its last state.
        if (databaseService != null) {
            databaseService.unregister();
            databaseService = null;
        }
        if (folderService != null) {
            folderService.unregister();
            folderService = null;
        }
        if (database != null) {
            database.close();
            database = null;
        }
        if (folder != null) {
            try {
                folder.close();
            } catch (IOException failure) {
                throw new StoreException("the site folder cannot be closed: " + failure.getMessage(), failure);
            } finally {
                folder = null;
            }
        }
    }
}
