package org.oncotwin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.oncotwin.api.store.StoreException;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * H2 in the folder of the site.
 *
 * <p>{@code WRITE_DELAY=0} makes H2 write each commit at once, but not force it to the disk: {@code CHECKPOINT SYNC} does. Its file system {@code async:} does not close the file when
 * a thread is interrupted. Statements that change tables commit at once in H2, so a copy of the file is put back if not all of a change was carried out.
 */
final class EmbeddedH2 implements DatabaseProduct {

    private static final String NAME = "oncotwin";
    private static final String SUFFIX = ".mv.db";

    private final DataSource source;
    private final Path file;
    private final Path copy;
    private final Path unfinishedCopy;

    EmbeddedH2(DataSourceFactory factory, Path site) throws SQLException, IOException {
        Path folder = site.resolve("database");
        Files.createDirectories(folder);
        DurableFiles.force(site);
        file = folder.resolve(NAME + SUFFIX);
        copy = folder.resolve(NAME + ".before-change");
        unfinishedCopy = folder.resolve(NAME + ".unfinished-copy");
        Files.deleteIfExists(unfinishedCopy);
        if (Files.exists(copy)) {
            DurableFiles.rename(copy, file);
        }
        String path = folder.resolve(NAME).toString();
        if (path.contains(";")) {
            throw new StoreException(
                    "the path of the site folder contains ';', which the embedded database does not allow");
        }
        Properties properties = new Properties();
        properties.setProperty(
                DataSourceFactory.JDBC_URL,
                "jdbc:h2:async:" + path + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;FILE_LOCK=FS;LOCK_TIMEOUT=10000");
        properties.setProperty(DataSourceFactory.JDBC_USER, "sa");
        properties.setProperty(DataSourceFactory.JDBC_PASSWORD, "");
        source = factory.createDataSource(properties);
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
}
