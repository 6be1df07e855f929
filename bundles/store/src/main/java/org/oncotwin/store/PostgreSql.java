package org.oncotwin.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import javax.sql.DataSource;
import org.oncotwin.api.store.StoreException;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * A PostgreSQL server. Several machines can reach one database, so the site holds an advisory lock of its session. Statements that change tables are part of a transaction.
 */
final class PostgreSql implements DatabaseProduct {

    /** Start of the URLs of this product. */
    static final String URL = "jdbc:postgresql:";

    /** First half of the key of the advisory lock: "onco" in ASCII. The second is made of the schema, as a database may hold a site in each. */
    private static final int LOCK_KEY = 0x6f6e636f;

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int LOCK_SECONDS = 5;

    private final DataSource source;

    PostgreSql(DataSourceFactory factory, String url, String user, String password) throws SQLException {
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new StoreException(
                    "the URL of the database contains a password, allowed is one in an environment variable or a file");
        }
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, url);
        if (!user.isEmpty()) {
            properties.setProperty(DataSourceFactory.JDBC_USER, user);
        }
        if (!password.isEmpty()) {
            properties.setProperty(DataSourceFactory.JDBC_PASSWORD, password);
        }
        source = factory.createDataSource(properties);
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public void claim(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            requireOn(statement, "fsync");
            requireOn(statement, "full_page_writes");
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            statement.execute("SET synchronous_commit = on");
            lock(statement);
        }
    }

    /** Waits a little: the server may not have noticed yet that a process that was killed is gone. */
    private static void lock(Statement statement) throws SQLException {
        statement.execute("SET lock_timeout = '" + LOCK_SECONDS + "s'");
        try {
            statement.execute("SELECT pg_advisory_lock(" + LOCK_KEY + ", hashtext(current_schema()))");
        } catch (SQLException failure) {
            if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                throw new StoreException(
                        "the database is open in another process of OncoTwin: only one can work with it at a time",
                        failure);
            }
            throw failure;
        }
        statement.execute("SET lock_timeout = 0");
    }

    private static void requireOn(Statement statement, String setting) throws SQLException {
        try (ResultSet value = statement.executeQuery("SHOW " + setting)) {
            value.next();
            if (!value.getString(1).equals("on")) {
                throw new StoreException("the database server has " + setting + " = " + value.getString(1)
                        + ", allowed is on: what is kept would not be safe from a crash");
            }
        }
    }

    @Override
    public boolean hasChanged(Connection connection) {
        return true;
    }

    @Override
    public void secure(Connection connection) {
        // The commit returned after it was on the disk of the server.
    }

    @Override
    public void change(Runnable change) {
        change.run();
    }

    @Override
    public boolean isToBeWrittenAnew() {
        // The server sees to that itself.
        return false;
    }

    @Override
    public void writeAnew() {
        throw new UnsupportedOperationException("a server keeps its tables itself");
    }
}
