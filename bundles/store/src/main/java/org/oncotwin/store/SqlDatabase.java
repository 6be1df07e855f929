package org.oncotwin.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.DatabaseLocation;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.SiteFolder;
import org.oncotwin.api.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * The database of the site over one connection. A lock makes transactions serial, whichever database it is.
 *
 * <p>A part of a transaction that throws takes the whole transaction with it, also if the caller of the part catches what it threw: a change never stays without its audit entry. An
 * action after the commit that throws undoes nothing: the others are carried out all the same, and the caller gets a {@link StoreException} that says so.
 *
 * <p>Messages of exceptions name the SQL state only: those of databases quote values, which are about patients.
 */
@Component(configurationPid = Config.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SqlDatabase implements Database {

    private static final Logger LOG = System.getLogger(SqlDatabase.class.getName());
    private static final int VALID_SECONDS = 5;
    private static final Duration ONE_HOUR = Duration.ofHours(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final DatabaseProduct product;
    private final Migrations migrations;
    private Connection connection;
    private Transaction current;
    private boolean unsecured;
    private Instant notBefore = Instant.MIN;
    private boolean closed;

    /**
     * Opens the database.
     *
     * @throws StoreException if it is not configured properly, cannot be reached, or is open elsewhere
     */
    @Activate
    public SqlDatabase(
            @Reference SiteFolder site,
            @Reference(name = "driver", target = Config.EMBEDDED_DRIVER) DataSourceFactory driver,
            Config config) {
        this(product(site.path(), driver, location(config)));
    }

    SqlDatabase(DatabaseProduct product) {
        this.product = product;
        migrations = new Migrations(product.source());
        connect();
    }

    private static DatabaseLocation location(Config config) {
        return new DatabaseLocation(config.url(), config.user(), config.passwordEnvironment(), config.passwordFile());
    }

    static DatabaseProduct product(Path site, DataSourceFactory driver, DatabaseLocation location) {
        try {
            if (location.url().isBlank()) {
                return new EmbeddedH2(driver, site);
            }
            if (location.url().startsWith(PostgreSql.URL)) {
                return new PostgreSql(driver, location.url(), location.user(), password(location));
            }
        } catch (SQLException | IOException failure) {
            throw failed("cannot be opened", failure);
        }
        throw new StoreException("url of the database does not begin with " + PostgreSql.URL
                + "; leave it empty for a database inside the site folder");
    }

    private static String password(DatabaseLocation location) throws IOException {
        if (!location.passwordVariable().isEmpty() && !location.passwordFile().isEmpty()) {
            throw new StoreException("both passwordEnvironment and passwordFile are given, allowed is one of them");
        }
        if (!location.passwordVariable().isEmpty()) {
            String password = System.getenv(location.passwordVariable());
            if (password == null) {
                throw new StoreException("environment variable " + location.passwordVariable()
                        + " with the password of the database is not set");
            }
            return password;
        }
        if (!location.passwordFile().isEmpty()) {
            List<String> lines = Files.readAllLines(Path.of(location.passwordFile()));
            if (lines.isEmpty()) {
                throw new StoreException("the file with the password of the database is empty");
            }
            return lines.get(0);
        }
        return "";
    }

    @Deactivate
    void close() {
        lock.lock();
        try {
            closed = true;
            disconnect();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void migrate(String module, List<Migration> wanted) {
        lock.lock();
        try {
            if (current != null) {
                throw new IllegalStateException("tables cannot be changed within a transaction");
            }
            connect();
            if (!migrations.pending(module, wanted)) {
                return;
            }
            disconnect();
            try {
                product.change(() -> migrations.carryOut(module, wanted));
            } finally {
                connect();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T transact(Work<T> work) {
        lock.lock();
        try {
            if (current != null) {
                return current.part(work, connection);
            }
            connect();
            Transaction transaction = new Transaction();
            T result = carryOut(transaction, work);
            try {
                transaction.afterwards();
            } finally {
                writeAnewIfWanted();
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** What was done is done, whether this works or not. */
    private void writeAnewIfWanted() {
        if (Instant.now().isBefore(notBefore)) {
            return;
        }
        try {
            if (product.isToBeWrittenAnew()) {
                disconnect();
                product.writeAnew();
            }
        } catch (StoreException failure) {
            notBefore = Instant.now().plus(ONE_HOUR);
            LOG.log(Level.WARNING, "{0}; it goes on as it is", failure.getMessage());
        }
    }

    private <T> T carryOut(Transaction transaction, Work<T> work) {
        current = transaction;
        boolean kept = false;
        try {
            T result = transaction.part(work, connection);
            transaction.requireWhole();
            // Who only reads need not wait for the disk, unless what he reads is not safe yet.
            unsecured |= product.hasChanged(connection);
            connection.commit();
            if (unsecured) {
                product.secure(connection);
                unsecured = false;
            }
            kept = true;
            return result;
        } catch (SQLException failure) {
            throw failed("could not keep a transaction", failure);
        } finally {
            current = null;
            if (!kept) {
                undo();
            }
        }
    }

    /** What cannot be undone is undone by the database when the connection ends. */
    private void undo() {
        try {
            connection.rollback();
            if (!connection.isValid(VALID_SECONDS)) {
                disconnect();
            }
        } catch (SQLException broken) {
            disconnect();
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        if (!lock.isHeldByCurrentThread() || current == null) {
            throw new IllegalStateException("afterCommit outside a transaction of this thread");
        }
        current.afterCommit(action);
    }

    private void connect() {
        if (closed) {
            throw new StoreException("the site is closed");
        }
        if (connection != null) {
            return;
        }
        try {
            Connection opened = product.source().getConnection();
            try {
                product.claim(opened);
                opened.setAutoCommit(false);
            } catch (SQLException | RuntimeException failure) {
                opened.close();
                throw failure;
            }
            connection = opened;
            // Nobody knows what the one before left.
            unsecured = true;
        } catch (SQLException failure) {
            throw failed("cannot be reached", failure);
        }
    }

    private void disconnect() {
        if (connection == null) {
            return;
        }
        try (Connection closing = connection) {
            connection = null;
            if (!closing.isClosed()) {
                closing.rollback();
            }
        } catch (SQLException broken) {
            // It is gone either way; what it had not committed is undone by the database.
            connection = null;
        }
    }

    /** Names what went wrong without quoting the database. */
    static StoreException failed(String what, Exception failure) {
        if (failure instanceof SQLException sql) {
            return new StoreException(
                    String.format(
                            Locale.ROOT,
                            "the database %s (SQL state %s, code %d)",
                            what,
                            sql.getSQLState(),
                            sql.getErrorCode()),
                    sql);
        }
        return new StoreException("the database " + what + ": " + failure.getMessage(), failure);
    }
}
