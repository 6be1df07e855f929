package org.oncotwin.store;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.oncotwin.api.store.StoreException;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * H2 in the folder of the site.
 *
 * <p>{@code WRITE_DELAY=0} makes H2 write each commit at once, but not force it to the disk: {@code CHECKPOINT SYNC} does. Its file system {@code async:} does not close the file when
 * a thread is interrupted.
 *
 * <p>H2 frees the space of data that was replaced before the write that replaces it is whole, and may write right there. A process that is killed then leaves a newest version of the
 * file that H2 finds damaged, and H2 silently goes back to an older one: transactions that were on the disk are lost. It does so with data older than {@code RETENTION_TIME}, 45 s
 * unless told otherwise, and with all when it makes the file smaller as it closes it. So nothing is ever written over here: the retention time is the longest, 24 days, the file is not
 * made smaller, and before it gets older than that or much larger than what is in it, all is written to a file of its own that then takes its place in one step.
 *
 * <p>Statements that change tables commit at once in H2, so a copy of the file is put back if not all of a change was carried out.
 */
final class EmbeddedH2 implements DatabaseProduct {

    private static final String NAME = "oncotwin";
    private static final String SUFFIX = ".mv.db";
    private static final String FRESH = NAME + ".unfinished";

    /** Files below this are left as they are, in bytes. */
    private static final long SMALL = 64L << 20;

    /** By which factor the file may grow before it is written anew. */
    private static final long GROWTH = 4;

    /** How old a file may get; H2 begins to write over data after 24 days. */
    private static final Duration OLD = Duration.ofDays(14);

    private static final String SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;FILE_LOCK=FS;LOCK_TIMEOUT=10000;RETENTION_TIME=" + Integer.MAX_VALUE
                    + ";MAX_COMPACT_TIME=0";

    private final DataSourceFactory factory;
    private final DataSource source;
    private final Path file;

    /** Holds how large the file was when it was written anew, and is as old as that. */
    private final Path written;

    private final Path copy;
    private final Path unfinishedCopy;
    private final Path script;
    private final Path fresh;

    EmbeddedH2(DataSourceFactory factory, Path site) throws SQLException, IOException {
        Path folder = site.resolve("database");
        Files.createDirectories(folder);
        DurableFiles.force(site);
        file = folder.resolve(NAME + SUFFIX);
        copy = folder.resolve(NAME + ".before-change");
        unfinishedCopy = folder.resolve(NAME + ".unfinished-copy");
        script = folder.resolve(NAME + ".unfinished-script");
        fresh = folder.resolve(FRESH + SUFFIX);
        for (Path unfinished : List.of(unfinishedCopy, script, fresh)) {
            Files.deleteIfExists(unfinished);
        }
        if (Files.exists(copy)) {
            DurableFiles.rename(copy, file);
        }
        written = folder.resolve(NAME + ".written");
        if (!Files.exists(written)) {
            // A new file, or one of which nobody knows how old it is.
            Files.writeString(written, "0");
            if (Files.exists(file)) {
                Files.setLastModifiedTime(written, FileTime.from(Instant.EPOCH));
            }
        }
        this.factory = factory;
        source = source(folder.resolve(NAME));
    }

    private DataSource source(Path database) throws SQLException {
        if (database.toString().contains(";")) {
            throw new StoreException(
                    "the path of the site folder contains ';', which the embedded database does not allow");
        }
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, "jdbc:h2:async:" + database + SETTINGS);
        properties.setProperty(DataSourceFactory.JDBC_USER, "sa");
        properties.setProperty(DataSourceFactory.JDBC_PASSWORD, "");
        return factory.createDataSource(properties);
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public void claim(Connection connection) {
        // The folder is locked, and H2 locks its file.
    }

    @Override
    public boolean hasChanged(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet own = statement.executeQuery("select contains_uncommitted from information_schema.sessions"
                        + " where session_id = session_id()")) {
            return !own.next() || own.getBoolean(1);
        }
    }

    @Override
    public void secure(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    @Override
    public void change(Runnable change) {
        try {
            Files.copy(file, unfinishedCopy, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.force(unfinishedCopy);
            DurableFiles.rename(unfinishedCopy, copy);
            try {
                change.run();
            } catch (RuntimeException | Error failure) {
                DurableFiles.rename(copy, file);
                throw failure;
            }
            DurableFiles.force(file);
            Files.delete(copy);
            DurableFiles.force(copy.getParent());
        } catch (IOException failure) {
            throw new StoreException(
                    "the copy of the database before a change of its tables failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public boolean isToBeWrittenAnew() {
        try {
            long size = Files.size(file);
            return size > SMALL && size > GROWTH * sizeThen()
                    || Files.getLastModifiedTime(written).toInstant().plus(OLD).isBefore(Instant.now());
        } catch (IOException failure) {
            throw new StoreException("the size of the database cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** Size of the file when it was last written anew; 0 if the note of it was cut short by a crash, so that it is written anew once too often rather than never. */
    private long sizeThen() throws IOException {
        try {
            return Long.parseLong(Files.readString(written));
        } catch (NumberFormatException | CharacterCodingException damaged) {
            return 0;
        }
    }

    /** As statements, which is how H2 itself moves databases from version to version. */
    @Override
    public void writeAnew() {
        try {
            Files.deleteIfExists(script);
            Files.deleteIfExists(fresh);
            List<String> before;
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                before = counts(statement);
                statement.execute("script to " + quoted(script));
            }
            try (Connection connection = source(file.resolveSibling(FRESH)).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("runscript from " + quoted(script));
                if (!counts(statement).equals(before)) {
                    throw new StoreException("the database cannot be written anew: rows are missing");
                }
                secure(connection);
            }
            Files.delete(script);
            DurableFiles.force(fresh);
            DurableFiles.rename(fresh, file);
            Files.writeString(written, Long.toString(Files.size(file)));
        } catch (IOException | SQLException failure) {
            throw new StoreException("the database cannot be written anew: " + failure.getMessage(), failure);
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    /** Tables and how many rows each has. */
    private static List<String> counts(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("select '\"' || table_schema || '\".\"' || table_name || '\"'"
                + " from information_schema.tables where table_schema <> 'INFORMATION_SCHEMA' order by 1")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        List<String> counts = new ArrayList<>();
        for (String table : tables) {
            try (ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                row.next();
                counts.add(table + " " + row.getLong(1));
            }
        }
        return counts;
    }
}
